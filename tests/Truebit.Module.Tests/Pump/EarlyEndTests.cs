using System.Diagnostics;
using Truebit.Module.Tests.Hosting;
using Truebit.Module.Tests.Hubs;

namespace Truebit.Module.Tests.Pump;

public sealed class EarlyEndTests
{
    [Fact]
    public void Select_First_ends_within_a_second_and_all_accepted_ids_are_known() => Promptly.WithinASecond(() =>
    {
        // The first row ends when all four are accepted; the others never do.
        using TaskHub hub = new();
        hub.IsFinished = number => number == 1 && hub.Accepted == 4;
        using Engine engine = new Engine().Connect(hub.Endpoint);
        Stopwatch sinceFirst = new();

        using RunningScript running = engine.Start(TaskHub.Rows(1, 1000) + " | Invoke-TruebitTask -ThrottleLimit 4 | Select-Object -First 1", _ => sinceFirst.Start());
        EngineRun run = running.Wait();
        TimeSpan taken = sinceFirst.Elapsed;

        Assert.Null(run.Ended);
        Assert.Empty(run.Errors);
        Assert.Equal([1], run.Values<string>("ExecutionId").Select(TaskHub.Number));
        Assert.InRange(hub.Accepted, 4, 5);
        Assert.Equal(Enumerable.Range(1, hub.Accepted), Known(engine));
        return taken;
    });

    [Fact]
    public void Select_First_waits_a_moment_for_requests_on_the_wire_and_not_longer() => Promptly.WithinASecond(() =>
    {
        // Row 1 is done, row 2 is held for ever: it goes on in the background, and its id reaches the session.
        TaskCompletionSource release = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using TaskHub hub = new() { Hold = number => number == 2 ? release.Task : Task.CompletedTask };
        hub.IsFinished = _ => hub.Accepted == 2;
        using Engine engine = new Engine().Connect(hub.Endpoint);
        Stopwatch sinceFirst = new();

        using RunningScript running = engine.Start(TaskHub.Rows(1, 10) + " | Invoke-TruebitTask -ThrottleLimit 2 | Select-Object -First 1", _ => sinceFirst.Start());
        running.Wait();
        TimeSpan taken = sinceFirst.Elapsed;

        Assert.Equal(2, hub.Accepted);
        release.SetResult();
        Limits.Await(() => Known(engine).SequenceEqual([1, 2]), "An id that came late is lost.");
        return taken;
    });

    [Fact]
    public void An_error_downstream_ends_within_a_second_and_all_accepted_ids_are_known() => Promptly.WithinASecond(() =>
    {
        using TaskHub hub = new();
        hub.IsFinished = number => number == 1 && hub.Accepted == 4;
        using Engine engine = new Engine().Connect(hub.Endpoint);
        Stopwatch sinceError = new();
        engine["watch"] = sinceError;

        EngineRun run = engine.Run(TaskHub.Rows(1, 1000) + " | Invoke-TruebitTask -ThrottleLimit 4 | ForEach-Object { $watch.Start(); throw 'downstream' }");
        TimeSpan taken = sinceError.Elapsed;

        Assert.Equal("downstream", run.End.Message);
        Assert.Equal([1, 2, 3, 4], Known(engine));
        Assert.Equal(4, hub.Accepted);
        return taken;
    });

    [Fact]
    public void Leaving_a_loop_ends_within_a_second() => Promptly.WithinASecond(() =>
    {
        using TaskHub hub = new();
        hub.IsFinished = number => number == 1 && hub.Accepted == 4;
        using Engine engine = new Engine().Connect(hub.Endpoint);
        Stopwatch sinceBreak = new();
        engine["watch"] = sinceBreak;

        EngineRun run = engine.Run("foreach ($once in 1) { " + TaskHub.Rows(1, 1000) + " | Invoke-TruebitTask -ThrottleLimit 4 | ForEach-Object { $watch.Start(); break } }");
        TimeSpan taken = sinceBreak.Elapsed;

        Assert.Null(run.Ended);
        Assert.Equal([1, 2, 3, 4], Known(engine));
        return taken;
    });

    [Fact]
    public void An_error_upstream_ends_the_command_and_all_accepted_ids_are_known() => Promptly.WithinASecond(() =>
    {
        using TaskHub hub = new() { IsFinished = static _ => false };
        using Engine engine = new Engine().Connect(hub.Endpoint);
        engine["hasBoth"] = () => SpinWait.SpinUntil(() => hub.Accepted == 2, Limits.Event);
        Stopwatch sinceError = new();
        engine["watch"] = sinceError;

        EngineRun run = engine.Run("& { " + TaskHub.Rows(1, 2) + "; $null = $hasBoth.Invoke(); $watch.Start(); throw 'upstream' } | Invoke-TruebitTask");
        TimeSpan taken = sinceError.Elapsed;

        Assert.Equal("upstream", run.End.Message);
        Assert.Equal([1, 2], Known(engine));
        return taken;
    });

    private static int[] Known(Engine engine) =>
        [.. engine.Ok("Get-TruebitExecution").Output.Select(static item => TaskHub.Number(EngineRun.Of<string>(item, "ExecutionId"))).Order()];
}
