using System.Diagnostics;
using System.Management.Automation;
using Truebit.Module.Tests.Hosting;
using Truebit.Module.Tests.Hubs;
using Truebit.TestHub;

namespace Truebit.Module.Tests.Invoking;

public sealed class ModeTests
{
    private const string Echo = "Invoke-TruebitTask -Namespace sandbox -TaskName echo -Method GET -Path /a";

    [Fact]
    public void A_task_is_submitted_asynchronously_and_awaited()
    {
        using Engine engine = new Engine().ConnectSandbox("-Latency 0.3");

        EngineRun run = engine.Ok(Echo);

        Assert.Equal("Success", run.Value<string>("Status"));
        Assert.True(engine.Ok("Get-TruebitSandbox").Value<long>("StatusQueries") > 0);
        Assert.True(run.Value<TimeSpan>("Duration") >= TimeSpan.FromSeconds(0.3));
    }

    [Fact]
    public void Async_writes_the_running_execution_at_once()
    {
        using Engine engine = new Engine().ConnectSandbox("-Latency 3600");

        EngineRun run = engine.Ok(Echo + " -Async");

        Assert.Equal("Running", run.Value<string>("Status"));
        Assert.Null(run.Value<object>("CompletedAt"));
        Assert.Null(run.Value<object>("Output"));
        Assert.Equal(0, engine.Ok("Get-TruebitSandbox").Value<long>("StatusQueries"));
    }

    [Fact]
    public void Sync_is_one_round_trip()
    {
        using Engine engine = new Engine().ConnectSandbox("-Latency 0.2");

        Assert.Equal("Success", engine.Ok(Echo + " -Sync").Value<string>("Status"));

        Assert.Equal(0, engine.Ok("Get-TruebitSandbox").Value<long>("StatusQueries"));
    }

    [Fact]
    public void Sync_falls_back_to_asking_when_the_hub_answers_with_an_id_only()
    {
        using Engine engine = new Engine().ConnectSandbox("-Latency 0.5 -SyncWindow 0.1");

        EngineRun run = engine.Ok(Echo + " -Sync");

        Assert.Equal("/a", EngineRun.Of<string>(run.Value<PSObject>("Output"), "path"));
        Assert.True(engine.Ok("Get-TruebitSandbox").Value<long>("StatusQueries") > 0);
    }

    [Theory]
    [InlineData("$true", true)]
    [InlineData("'TRUE'", true)]
    [InlineData("$false", false)]
    [InlineData("'false'", false)]
    [InlineData("''", true)]
    public void A_row_says_how_it_is_submitted(string cell, bool async)
    {
        using Wire wire = new();

        HubRequest call = wire.Send($"[pscustomobject]@{{ Path = '/a'; Async = {cell} }} | Invoke-TruebitTask {Wire.Task} -Method GET");

        Assert.Equal(async, call.Json.GetProperty("async").GetBoolean());
    }

    [Fact]
    public void A_row_that_says_async_is_not_awaited_and_its_neighbour_is()
    {
        using TaskHub hub = new();
        using Engine engine = new Engine().Connect(hub.Endpoint);

        EngineRun run = engine.Ok("@{ Path = '/1'; Async = 'true' }, @{ Path = '/2' } | Invoke-TruebitTask -Namespace n -TaskName t -Method GET -ThrottleLimit 1");

        Assert.Equal(["Running", "Success"], run.Values<string>("Status"));
    }

    [Fact]
    public void Async_executions_are_not_held_back_by_the_throttle_limit()
    {
        // Accepted is all that -Async waits for.
        using TaskHub hub = new() { IsFinished = static _ => false };
        using Engine engine = new Engine().Connect(hub.Endpoint);

        Assert.Equal(20, engine.Ok(TaskHub.Rows(1, 20) + " | Invoke-TruebitTask -Async -ThrottleLimit 2").Output.Count);
    }

    [Fact]
    public void A_short_execution_timeout_is_warned_of_once()
    {
        using Wire wire = new();

        IReadOnlyList<HubRequest> calls = wire.SendAll($"@{{ ExecutionTimeout = 30 }}, @{{ ExecutionTimeout = 60 }} | Invoke-TruebitTask {Wire.Task} -Path /p -Method GET -ThrottleLimit 1");

        Assert.Equal(["30", "60"], calls.Select(static call => call.Json.GetProperty("executionTimeout").GetRawText()));
        Assert.Equal("ExecutionTimeout is 30. The hub appears to use milliseconds; for 30 seconds give 30000.", Assert.Single(wire.Last.Warnings));
    }

    [Fact]
    public void An_execution_timeout_of_a_second_is_not_warned_of()
    {
        using Wire wire = new();

        wire.Send($"Invoke-TruebitTask {Wire.Task} -Path /p -Method GET -ExecutionTimeout 1000");

        Assert.Empty(wire.Last.Warnings);
    }

    [Fact]
    public void An_execution_that_is_not_finished_in_time_is_an_error_and_not_lost()
    {
        using TaskHub hub = new() { IsFinished = static _ => false };
        using Engine engine = new Engine().Connect(hub.Endpoint);
        Stopwatch watch = Stopwatch.StartNew();

        EngineRun run = engine.Run(TaskHub.Rows(7, 7) + " | Invoke-TruebitTask -Timeout 0.3");

        Assert.Equal(
            ("WaitTimeout", $"Row 1: The execution '{TaskHub.Id(7)}' was not finished after 0.3 s. It goes on at the hub: ask again with Get-TruebitExecution -Wait."),
            run.OnlyError);
        Assert.InRange(watch.Elapsed, TimeSpan.FromSeconds(0.3), TimeSpan.FromSeconds(5));
        Assert.Equal("/7", EngineRun.Of<string>((PSObject)run.Errors[0].TargetObject, "Path"));
        Assert.Equal(TaskHub.Id(7), engine.Ok("Get-TruebitExecution").Value<string>("ExecutionId"));
    }

    [Theory]
    [InlineData("0.25")]
    [InlineData("'0.25'")]
    [InlineData("([timespan]::FromMilliseconds(250))")]
    [InlineData("'00:00:00.25'")]
    public void A_number_of_seconds_and_a_time_span_are_both_a_timeout(string timeout)
    {
        using TaskHub hub = new() { IsFinished = static _ => false };
        using Engine engine = new Engine().Connect(hub.Endpoint);

        EngineRun run = engine.Run(TaskHub.Rows(1, 1) + $" | Invoke-TruebitTask -Timeout {timeout}");

        Assert.Equal("WaitTimeout", run.OnlyError.Id);
        Assert.Contains($"after {0.25:0.#} s", run.OnlyError.Message);
    }
}
