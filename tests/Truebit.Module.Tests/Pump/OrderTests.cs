using System.Collections.Concurrent;
using Truebit.Module.Tests.Hosting;
using Truebit.Module.Tests.Hubs;

namespace Truebit.Module.Tests.Pump;

public sealed class OrderTests
{
    [Fact]
    public void Results_are_written_in_the_order_of_their_end()
    {
        const int rows = 8;
        ConcurrentQueue<int> written = new();

        // The last row ends first, and each of the others when its successor has come out of the pipeline.
        using TaskHub hub = new();
        hub.IsFinished = number => hub.Accepted == rows && (number == rows || written.Contains(number + 1));
        using Engine engine = new Engine().Connect(hub.Endpoint);

        using RunningScript running = engine.Start(
            TaskHub.Rows(1, rows) + " | Invoke-TruebitTask",
            item => written.Enqueue(TaskHub.Number(EngineRun.Of<string>(item, "ExecutionId"))));
        running.Wait();

        Assert.Equal(Enumerable.Range(1, rows).Reverse(), written);
    }

    [Fact]
    public void A_slow_row_does_not_hold_up_the_others()
    {
        const int rows = 12;
        ConcurrentQueue<int> written = new();

        // The first row ends when all others have come out of the pipeline, with room for two.
        using TaskHub hub = new() { IsFinished = number => number > 1 || written.Count == rows - 1 };
        using Engine engine = new Engine().Connect(hub.Endpoint);

        using RunningScript running = engine.Start(
            TaskHub.Rows(1, rows) + " | Invoke-TruebitTask -ThrottleLimit 2",
            item => written.Enqueue(TaskHub.Number(EngineRun.Of<string>(item, "ExecutionId"))));
        running.Wait();

        Assert.Equal([.. Enumerable.Range(2, rows - 1), 1], written);
    }

    [Fact]
    public void Each_result_is_that_of_its_row()
    {
        using TaskHub hub = new();
        using Engine engine = new Engine().Connect(hub.Endpoint);

        EngineRun run = engine.Ok(TaskHub.Rows(1, 60) + " | Invoke-TruebitTask");

        Assert.Equal(60, run.Output.Count);
        Assert.All(run.Output, static item =>
        {
            string path = EngineRun.Of<string>(EngineRun.Of<System.Management.Automation.PSObject>(item, "InputObject"), "Path");
            Assert.Equal(path, $"/{TaskHub.Number(EngineRun.Of<string>(item, "ExecutionId"))}");
            Assert.Equal($$"""{"number":{{path[1..]}}}""", EngineRun.Of<string>(item, "OutputJson"));
        });
    }

    [Fact]
    public void A_result_leaves_while_later_rows_are_still_coming()
    {
        using TaskHub hub = new();
        using Engine engine = new Engine().Connect(hub.Endpoint);
        using ManualResetEventSlim first = new();
        engine["first"] = first;

        // The second row comes when the first one's result is out: whoever waits for all rows waits for ever.
        using RunningScript running = engine.Start(
            "& { " + TaskHub.Rows(1, 1) + "; $null = $first.Wait(30000); " + TaskHub.Rows(2, 2) + " } | Invoke-TruebitTask -ThrottleLimit 1",
            _ => first.Set());

        Assert.Equal([1, 2], running.Wait().Values<string>("ExecutionId").Select(TaskHub.Number));
        Assert.True(first.IsSet);
    }
}
