using Truebit.Module.Tests.Hubs;

namespace Truebit.Module.Tests.Secrets;

/// <summary>
/// A hub that answers as the path says, and quotes all it was told in whatever it answers, except in results: those are the
/// target's.
/// </summary>
internal sealed class QuotingHub : IDisposable
{
    private readonly HubServer _server = new(Answer);

    public Uri Endpoint => _server.Endpoint;

    public IReadOnlyList<HubCall> Calls => [.. _server.Calls];

    public void Dispose() => _server.Dispose();

    private static HubAnswer Answer(HubCall call)
    {
        string what = !call.IsSubmission ? call.AskedFor
            : call.Input.ValueKind == System.Text.Json.JsonValueKind.String ? call.Input.GetString()!
            : call.Input.GetProperty("path").GetString()!.TrimStart('/');
        string quoted = System.Text.Json.JsonEncodedText.Encode($"x-api-key {call.Key}, headers {Headers(call)}").ToString();
        return what switch
        {
            "ok" => call.IsSubmission ? HubAnswer.Accepted("ok") : HubAnswer.Success("ok"),
            "running" => call.IsSubmission ? HubAnswer.Accepted("running") : HubAnswer.Running("running"),
            "quotes" => HubAnswer.Success("quotes", $"{{\"quoted\":\"{quoted}\"}}"),
            "html" => HubAnswer.Text(200, "text/html", $"<title>{call.Key} {Headers(call)}</title>"),
            "text" => HubAnswer.Text(502, "text/plain", $"{call.Key} {Headers(call)}"),
            "whole" => HubAnswer.Json(500, call.IsSubmission ? call.Body : $$"""{"key":"{{call.Key}}"}"""),
            "cut" => HubAnswer.CutOff($"{{\"message\":\"{quoted}"),
            "away" => HubAnswer.Json(302, "{}", $"Location: https://elsewhere.test/{call.Key}?{call.Key}"),
            "away-oddly" => HubAnswer.Json(302, "{}", $"Location: https://{call.Key}@elsewhere.test/"),
            _ => HubAnswer.Message(int.Parse(what), quoted),
        };
    }

    /// <summary>The headers' values, as a hub would print them.</summary>
    private static string Headers(HubCall call) =>
        call.IsSubmission && call.Input.ValueKind == System.Text.Json.JsonValueKind.Object && call.Input.TryGetProperty("headers", out System.Text.Json.JsonElement headers)
            ? string.Join(", ", headers.EnumerateObject().Select(static header => $"{header.Name}: {header.Value.GetString()}"))
            : "";
}
