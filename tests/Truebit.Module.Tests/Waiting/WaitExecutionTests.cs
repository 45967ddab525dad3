using System.Collections.Concurrent;
using Truebit.Module.Tests.Hosting;
using Truebit.Module.Tests.Hubs;
using Truebit.TestHub;

namespace Truebit.Module.Tests.Waiting;

public sealed class WaitExecutionTests
{
    [Theory]
    [InlineData("$running | Wait-TruebitExecution")]
    [InlineData("$running.ExecutionId | Wait-TruebitExecution")]
    [InlineData("$running | Get-TruebitExecution -Wait")]
    [InlineData("Get-TruebitExecution -Wait")]
    public void Executions_are_written_as_they_finish(string script)
    {
        const int count = 6;
        ConcurrentQueue<int> written = new();
        using TaskHub hub = new() { IsFinished = number => number == count || written.Contains(number + 1) };
        using Engine engine = new Engine().Connect(hub.Endpoint);
        engine.Ok($"$running = {TaskHub.Rows(1, count)} | Invoke-TruebitTask -Async");

        using RunningScript waiting = engine.Start(script, item => written.Enqueue(TaskHub.Number(EngineRun.Of<string>(item, "ExecutionId"))));
        EngineRun run = waiting.Wait();

        Assert.Empty(run.Errors);
        Assert.Equal(Enumerable.Range(1, count).Reverse(), written);
    }

    [Fact]
    public void One_that_is_late_does_not_hold_up_the_others()
    {
        using TaskHub hub = new() { IsFinished = static number => number > 1 };
        using Engine engine = new Engine().Connect(hub.Endpoint);
        engine.Ok($"$running = {TaskHub.Rows(1, 4)} | Invoke-TruebitTask -Async");

        EngineRun run = engine.Run("$running | Wait-TruebitExecution -Timeout 1");

        Assert.Equal([2, 3, 4], run.Values<string>("ExecutionId").Select(TaskHub.Number).Order());
        Assert.Equal("WaitTimeout", run.OnlyError.Id);
    }

    [Fact]
    public void An_id_that_was_given_just_now_may_not_be_known_yet()
    {
        int asked = 0;
        using TaskHub hub = new() { Status = _ => ++asked <= 3 ? CannedResponse.Message("unknown", 404) : null };
        using Engine engine = new Engine().Connect(hub.Endpoint);

        Assert.Single(engine.Ok(TaskHub.Rows(1, 1) + " | Invoke-TruebitTask").Output);
        Assert.True(asked > 3);
    }

    [Fact]
    public void A_status_that_cannot_be_had_for_a_moment_is_asked_for_again()
    {
        int asked = 0;
        CannedResponse[] faults =
        [
            CannedResponse.Message("Internal server error", 500),
            CannedResponse.Text("text/html", "<title>Bad gateway</title>", 502),
            CannedResponse.CutOff("{\"executionId\":"),
            CannedResponse.Close,
            CannedResponse.Json("[]"),
        ];
        using TaskHub hub = new() { Status = _ => asked < faults.Length ? faults[asked++] : null };
        using Engine engine = new Engine().Connect(hub.Endpoint);

        Assert.Equal("Success", engine.Ok(TaskHub.Rows(1, 1) + " | Invoke-TruebitTask").Value<string>("Status"));
        Assert.Single(hub.Server.Submissions);
        Assert.Equal(faults.Length, asked);
    }

    [Fact]
    public void Waiting_for_nothing_is_over_at_once()
    {
        using TaskHub hub = new();
        using Engine engine = new Engine().Connect(hub.Endpoint);

        Assert.Empty(engine.Ok("@() | Wait-TruebitExecution").Output);
    }

    [Fact]
    public void A_wait_needs_no_key()
    {
        using TaskHub hub = new();
        using Engine engine = new Engine().Connect(hub.Endpoint);
        engine["one"] = TaskHub.Id(1);

        engine.Ok("Disconnect-Truebit; Wait-TruebitExecution $one -Endpoint $hub -ApiKey other");

        Assert.Equal("other", hub.Server.Requests.Single().Key);
    }
}
