using System.Management.Automation;
using Truebit.Module.Tests.Hosting;
using Truebit.Module.Tests.Hubs;
using Truebit.TestHub;

namespace Truebit.Module.Tests.Errors;

public sealed class OutcomeTests
{
    public static TheoryData<string, string> Lost { get; } = new()
    {
        { "an HTML answer", "answered 200 without an execution id: Sign in to the proxy" },
        { "a gateway's HTML", "answered 502: Bad gateway" },
        { "an error of the hub", "answered 500: Internal server error" },
        { "a 503", "answered 503: busy" },
        { "a time-out of a gateway", "answered 504" },
        { "an answer that is cut off", "" },
        { "no answer", "" },
        { "an empty answer", "answered 200 without an execution id" },
        { "JSON that is no object", "answered 200 without an execution id: 1; 2" },
        { "a message without an id", "answered 200 without an execution id: queued" },
        { "half an object", "answered 200 with an execution id, and the rest of the answer cannot be read. The answer names the execution 'x'." },
        { "a 202", "answered 202 without an execution id" },
        { "a redirect", "answered with a redirect (302) to elsewhere.test, which is not followed" },
        { "a refusal with an id", "answered 400 with an execution id: no. The answer names the execution 'x'." },
    };

    [Theory]
    [MemberData(nameof(Lost))]
    public void Where_the_answer_is_lost_the_outcome_is_unknown_and_nothing_is_sent_again(string what, string words)
    {
        CannedResponse answer = Answer(what);
        using TaskHub hub = new() { Answer = number => number == 1 ? answer : null };
        using Engine engine = new Engine().Connect(hub.Endpoint);

        EngineRun run = engine.Run(TaskHub.Rows(1, 2) + " | Invoke-TruebitTask -ThrottleLimit 1");

        (string id, string message) = run.OnlyError;
        Assert.Equal("OutcomeUnknown", id);
        Assert.StartsWith("Row 1: The outcome is unknown: ", message);
        Assert.Contains(words.Length > 0 ? $"{hub.Endpoint.Authority} {words}" : $" ({hub.Endpoint.Authority}).", message, StringComparison.Ordinal);
        Assert.EndsWith("The task may have been executed, so it was not sent again. Look at the target before you send it again.", message);
        Assert.Equal("/1", EngineRun.Of<string>((PSObject)run.Errors[0].TargetObject, "Path"));
        Assert.Equal([2], run.Values<string>("ExecutionId").Select(TaskHub.Number));
        Assert.Equal(2, hub.Server.Submissions.Count);
    }

    [Fact]
    public void The_sandbox_can_rehearse_a_hub_that_fails()
    {
        using Engine engine = new Engine().ConnectSandbox();

        Assert.Equal("OutcomeUnknown", engine.Run("Invoke-TruebitTask -Namespace sandbox -TaskName broken -Path /p -Method GET").OnlyError.Id);

        EngineRun sandbox = engine.Ok("Get-TruebitSandbox");
        Assert.Equal((1, 0), (sandbox.Value<int>("Submissions"), sandbox.Value<int>("Charges")));
    }

    [Fact]
    public void A_status_call_that_is_redirected_is_not_followed_because_the_key_would_go_along()
    {
        using TaskHub elsewhere = new();
        using HubServer hub = new(call => call.IsSubmission ? CannedResponse.Accepted() : CannedResponse.Json("", 302, $"Location: {elsewhere.Endpoint}"));
        using Engine engine = new Engine().Connect(hub.Endpoint);

        EngineRun run = engine.Run(TaskHub.Rows(1, 1) + " | Invoke-TruebitTask");

        Assert.Equal(
            ("InvalidResponse", $"Row 1: {hub.Endpoint.Authority} answered with a redirect (302) to 127.0.0.1. It was not followed, because the API key would go along. Check -Endpoint and the proxy."),
            run.OnlyError);
        Assert.Empty(elsewhere.Server.Requests);
        Assert.Single(hub.Submissions);
    }

    [Fact]
    public void A_hub_that_is_not_there_is_tried_again_and_then_nothing_was_sent()
    {
        Uri dead = HubServer.DeadEndpoint();
        using Engine engine = new Engine().Connect(dead);

        EngineRun run = engine.Run(TaskHub.Rows(1, 2) + " | Invoke-TruebitTask -ThrottleLimit 1 -Verbose");

        Assert.Equal(["HubUnreachable", "HubUnreachable"], run.ErrorIds);
        Assert.All(run.Errors, (error, index) => Assert.Matches($"^Row {index + 1}: No connection to {dead.Authority}: .+\\. Nothing was sent\\. Test-TruebitConnection finds out more\\.$", error.Exception.Message));
        Assert.All(run.Errors, static error => Assert.Equal(ErrorCategory.ConnectionError, error.CategoryInfo.Category));

        // Four tries for the first row; one for the next, which finds the hub as dead as before.
        Assert.Equal(3, run.Verbose.Count(static line => line.Contains("Trying again in", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_hub_that_asks_to_wait_is_waited_for_and_the_user_is_told()
    {
        int tries = 0;
        using TaskHub hub = new() { Answer = _ => ++tries == 1 ? CannedResponse.Json("{}", 429, "Retry-After: 1") : null };
        using Engine engine = new Engine().Connect(hub.Endpoint);

        EngineRun run = engine.Ok(TaskHub.Rows(1, 3) + " | Invoke-TruebitTask -ThrottleLimit 1");

        Assert.Equal(3, run.Output.Count);
        Assert.Equal("The hub asks to wait (429): no request is sent for 1 s.", Assert.Single(run.Warnings));
        Assert.Equal(4, hub.Server.Submissions.Count);
    }

    [Fact]
    public void A_hub_that_asks_to_wait_for_an_hour_is_not_waited_for()
    {
        using HubServer hub = new(static _ => CannedResponse.Json("{}", 429, "Retry-After: 3600"));
        using Engine engine = new Engine().Connect(hub.Endpoint);

        EngineRun run = engine.Run(TaskHub.Rows(1, 1) + " | Invoke-TruebitTask");

        Assert.Equal(("RateLimited", "Row 1: The hub asks to wait (429, 3600 s, try 1). The task was not executed. Run it again later."), run.OnlyError);
        Assert.Equal(ErrorCategory.LimitsExceeded, run.Errors[0].CategoryInfo.Category);
    }

    private static CannedResponse Answer(string what) => what switch
    {
        "an HTML answer" => CannedResponse.Text("text/html", "<html><head><title>Sign in to the proxy</title></head></html>"),
        "a gateway's HTML" => CannedResponse.Text("text/html", "<html><body><h1>Bad gateway</h1></body></html>", 502),
        "an error of the hub" => CannedResponse.Message("Internal server error", 500),
        "a 503" => CannedResponse.Message("busy", 503),
        "a time-out of a gateway" => CannedResponse.Text("text/plain", "", 504),
        "an answer that is cut off" => CannedResponse.CutOff("{\"executionId\":\"x\""),
        "no answer" => CannedResponse.Close,
        "an empty answer" => CannedResponse.Text("application/json", ""),
        "JSON that is no object" => CannedResponse.Json("[1,2]"),
        "a message without an id" => CannedResponse.Message("queued"),
        "half an object" => CannedResponse.Json("{\"executionId\":\"x\""),
        "a 202" => CannedResponse.Json("{}", 202),
        "a redirect" => CannedResponse.Json("", 302, "Location: https://elsewhere.test/"),
        "a refusal with an id" => CannedResponse.Json("{\"message\":\"no\",\"executionId\":\"x\"}", 400),
        _ => throw new ArgumentOutOfRangeException(nameof(what), what, null),
    };
}
