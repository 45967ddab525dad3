using Truebit.TestHub;

namespace Truebit.Module.Tests.Secrets;

/// <summary>
/// A hub that answers as the path says, and quotes all it was told in whatever it answers, except in results: those are the
/// target's.
/// </summary>
internal sealed class QuotingHub : IDisposable
{
    private readonly HubServer _server;
    private int _accepted;

    public QuotingHub() => _server = new HubServer(Answer);

    public Uri Endpoint => _server.Endpoint;

    public IReadOnlyList<HubRequest> Requests => [.. _server.Requests];

    public void Dispose() => _server.Dispose();

    private CannedResponse Answer(HubRequest call)
    {
        string what = !call.IsSubmission ? call.AskedFor.Split('.')[0]
            : call.Input.ValueKind == System.Text.Json.JsonValueKind.String ? call.Input.GetString()!
            : call.Input.GetProperty("path").GetString()!.TrimStart('/');
        string quoted = System.Text.Json.JsonEncodedText.Encode($"x-api-key {call.Key}, headers {Headers(call)}").ToString();

        // The word alone is an id, too: tests ask for it.
        string id = !call.IsSubmission ? call.AskedFor : Interlocked.Increment(ref _accepted) is int count && count > 1 ? $"{what}.{count}" : what;
        return what switch
        {
            "ok" => call.IsSubmission ? CannedResponse.Accepted(id) : CannedResponse.Success(id, "{}"),
            "running" => call.IsSubmission ? CannedResponse.Accepted(id) : CannedResponse.Running(id),
            "quotes" => CannedResponse.Success(id, $"{{\"quoted\":\"{quoted}\"}}"),
            "html" => CannedResponse.Text("text/html", $"<title>{call.Key} {Headers(call)}</title>"),
            "text" => CannedResponse.Text("text/plain", $"{call.Key} {Headers(call)}", 502),
            "whole" => CannedResponse.Json(call.IsSubmission ? call.Body : $$"""{"key":"{{call.Key}}"}""", 500),
            "cut" => CannedResponse.CutOff($"{{\"message\":\"{quoted}"),
            "away" => CannedResponse.Json("{}", 302, $"Location: https://elsewhere.test/{call.Key}?{call.Key}"),
            "away-oddly" => CannedResponse.Json("{}", 302, $"Location: https://{call.Key}@elsewhere.test/"),
            "00000000-0000-0000-0000-000000000000" => CannedResponse.Message(quoted, 404),
            _ => CannedResponse.Message(quoted, int.Parse(what)),
        };
    }

    /// <summary>The headers' values, as a hub would print them.</summary>
    private static string Headers(HubRequest call) =>
        call.IsSubmission && call.Input.ValueKind == System.Text.Json.JsonValueKind.Object && call.Input.TryGetProperty("headers", out System.Text.Json.JsonElement headers)
            ? string.Join(", ", headers.EnumerateObject().Select(static header => $"{header.Name}: {header.Value.GetString()}"))
            : "";
}
