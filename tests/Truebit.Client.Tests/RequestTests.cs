using System.Text;
using System.Text.Json;
using Truebit.Client.Tests.Support;
using Truebit.TestHub;

namespace Truebit.Client.Tests;

/// <summary>What is on the wire when a task is executed (truebit-api.md 2.1, 2.2, 7).</summary>
public sealed class RequestTests : IAsyncDisposable
{
    private readonly Hub _hub = new Hub().OnExecute(CannedResponse.Success());

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Fact]
    public async Task A_request_has_every_documented_member()
    {
        ApiTaskRequest request = new()
        {
            Namespace = "a67fa7c8",
            TaskName = "pet store \"ä\"",
            Label = "stable",
            Version = uint.MaxValue,
            Input = [Member("path", "\"/store/{Id}\""), Member("params", """{"Id":2}""")],
            ExecutionTimeout = 10_000,
        };

        Json.Equal(
            """
            {"namespace":"a67fa7c8","taskName":"pet store \"ä\"","label":"stable","version":4294967295,"async":true,
             "executionTimeout":10000,"input":{"path":"/store/{Id}","params":{"Id":2}}}
            """,
            await SentAsync(request));
    }

    [Fact]
    public async Task A_request_leaves_out_what_was_not_given()
    {
        ApiTaskRequest request = new() { Namespace = "n", TaskName = "t", Input = [] };

        Json.Equal("""{"namespace":"n","taskName":"t","async":true,"executionTimeout":60000,"input":{}}""", await SentAsync(request));
    }

    [Theory]
    [InlineData(SubmitMode.Wait, true)]
    [InlineData(SubmitMode.Async, true)]
    [InlineData(SubmitMode.Sync, false)]
    public async Task Only_the_sync_mode_asks_the_hub_to_hold_the_answer(SubmitMode mode, bool expected)
    {
        using JsonDocument body = JsonDocument.Parse(await SentAsync(Hub.Request(), mode));

        Assert.Equal(expected, body.RootElement.GetProperty("async").GetBoolean());
    }

    [Theory]
    [InlineData("12345678901234567890")]
    [InlineData("1.10")]
    [InlineData("5e-7")]
    [InlineData("-0.0")]
    [InlineData("1E+400")]
    [InlineData("""{"list":[ 1,  2.50 ],"text":"\u00e4\/<>&+"}""")]
    [InlineData("null")]
    public async Task Input_is_sent_letter_for_letter(string json)
    {
        using JsonDocument body = JsonDocument.Parse(await SentAsync(Hub.Request(json)));

        Assert.Equal(json, body.RootElement.GetProperty("input").GetProperty("body").GetRawText());
    }

    [Fact]
    public async Task Headers_for_the_target_are_inside_the_input()
    {
        TaskRequest request = Hub.Request("{}", Hub.Header("Authorization", "Bearer a+b/c=="), Hub.Header("X-Ünit", "\"<é>\\"));

        using JsonDocument body = JsonDocument.Parse(await SentAsync(request));

        Json.Equal(
            """{"Authorization":"Bearer a+b/c==","X-Ünit":"\"<é>\\"}""",
            body.RootElement.GetProperty("input").GetProperty("headers").GetRawText());
    }

    [Fact]
    public async Task The_key_is_on_the_request_and_not_in_its_body()
    {
        string body = await SentAsync(Hub.Request());

        Assert.Equal(Hub.Key, Sent.Headers["x-api-key"]);
        Assert.DoesNotContain(Hub.Key, body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Callers_of_one_client_send_their_own_keys()
    {
        foreach (string? key in new[] { "key-one", "key-two", null })
        {
            SecretText? secret = key is null ? null : new SecretText(key);
            TaskRunner runner = new(_hub.Client, secret, maxHeld: 1, _hub.Log);
            await runner.RunAsync(Hub.Request(), SubmitMode.Sync, Hub.Deadline, _hub.Told, Cancellation, Cancellation);
        }

        Assert.Equal(["key-one", "key-two", null], _hub.Server.Requests.Select(sent => sent.Headers.GetValueOrDefault("x-api-key")));
    }

    [Fact]
    public async Task The_headers_are_those_of_a_plain_JSON_call()
    {
        await SentAsync(Hub.Request());

        Assert.Equal("POST", Sent.Method);
        Assert.Equal("/task/api/execute-by-name", Sent.Path);
        Assert.Equal("application/json", Sent.Headers["Content-Type"]);
        Assert.Equal("application/json", Sent.Headers["Accept"]);
        Assert.StartsWith("Truebit-PowerShell/", Sent.Headers["User-Agent"], StringComparison.Ordinal);
        Assert.Equal(Encoding.UTF8.GetByteCount(Sent.Body).ToString(), Sent.Headers["Content-Length"]);
        Assert.DoesNotContain("Expect", Sent.Headers.Keys);
        Assert.DoesNotContain("Transfer-Encoding", Sent.Headers.Keys);
        Assert.DoesNotContain("Cookie", Sent.Headers.Keys);
    }

    [Theory]
    [InlineData(TaskKind.Api, "/task/api/execution-status/a%2Fb%20c%3Fd")]
    [InlineData(TaskKind.Function, "/task/function/execution-status/a%2Fb%20c%3Fd")]
    public async Task A_status_call_names_the_family_and_the_escaped_id(TaskKind kind, string path)
    {
        _hub.Server.On("/task/", CannedResponse.Running("a/b c?d"));

        await _hub.Runner.GetAsync(kind, "a/b c?d", [], untilFinished: false, Hub.Deadline, Cancellation);

        Assert.Equal("GET", Sent.Method);
        Assert.Equal(path, Sent.Path);
        Assert.Equal(Hub.Key, Sent.Headers["x-api-key"]);
        Assert.Equal("", Sent.Body);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private HubRequest Sent => Assert.Single(_hub.Server.Requests);

    private static InputMember Member(string name, string json) => new(name, Encoding.UTF8.GetBytes(json));

    private async Task<string> SentAsync(TaskRequest request, SubmitMode mode = SubmitMode.Wait)
    {
        await _hub.RunAsync(mode, request);
        return Sent.Body;
    }
}
