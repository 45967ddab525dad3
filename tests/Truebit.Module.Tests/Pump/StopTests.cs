using Truebit.Module.Tests.Hosting;
using Truebit.Module.Tests.Hubs;
using Truebit.TestHub;

namespace Truebit.Module.Tests.Pump;

public sealed class StopTests
{
    [Theory]
    [InlineData("Invoke-TruebitTask")]
    [InlineData("Invoke-TruebitTask -ThrottleLimit 2")]
    public void Stopping_ends_within_a_second_while_executions_run(string command) => Promptly.WithinASecond(() =>
    {
        using CountdownEvent asked = new(2);
        using TaskHub hub = new() { IsFinished = _ => asked.CurrentCount > 0 && asked.Signal() && false };
        using Engine engine = new Engine().Connect(hub.Endpoint);
        using RunningScript running = engine.Start(TaskHub.Rows(1, 2) + " | " + command);
        asked.Await();

        TimeSpan taken = running.Stop();

        Assert.Empty(running.Wait().Output);
        Assert.Equal([1, 2], Ids(engine).Order());
        return taken;
    });

    [Fact]
    public void Stopping_ends_within_a_second_while_a_request_is_held_and_its_id_is_not_lost() => Promptly.WithinASecond(() =>
    {
        using ManualResetEventSlim arrived = new();
        TaskCompletionSource release = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using TaskHub hub = new()
        {
            Hold = async _ =>
            {
                arrived.Set();
                await release.Task;
            },
        };
        using Engine engine = new Engine().Connect(hub.Endpoint);
        using RunningScript running = engine.Start(TaskHub.Rows(7, 7) + " | Invoke-TruebitTask");
        arrived.Await();

        TimeSpan taken = running.Stop();

        running.Wait();
        Assert.Empty(Ids(engine));
        release.SetResult();
        Limits.Await(() => Ids(engine).Contains(7), "The id that came after the stop is lost.");
        return taken;
    });

    [Fact]
    public void Requests_on_the_wire_get_a_moment_to_learn_their_ids()
    {
        using ManualResetEventSlim arrived = new();
        TaskCompletionSource release = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using TaskHub hub = new()
        {
            Hold = async _ =>
            {
                arrived.Set();
                await release.Task;
            },
        };
        using Engine engine = new Engine().Connect(hub.Endpoint);
        using RunningScript running = engine.Start(TaskHub.Rows(7, 7) + " | Invoke-TruebitTask");
        arrived.Await();
        running.WhenStopping(release.SetResult);

        running.Stop();

        running.Wait();
        Assert.Equal([7], Ids(engine));
    }

    [Fact]
    public void Stopping_ends_a_wait_for_a_hub_that_is_not_there() => Promptly.WithinASecond(() =>
    {
        using Engine engine = new Engine().Connect(HubServer.DeadEndpoint());
        using RunningScript running = engine.Start(TaskHub.Rows(1, 1) + " | Invoke-TruebitTask -Verbose");
        Limits.Await(() => engine.Host.Screen.Text.Contains("Trying again", StringComparison.Ordinal), "It did not happen.");

        return running.Stop();
    });

    [Theory]
    [InlineData("Get-TruebitExecution -Wait")]
    [InlineData("Wait-TruebitExecution")]
    public void Stopping_ends_a_wait_for_executions(string command) => Promptly.WithinASecond(() =>
    {
        using ManualResetEventSlim asked = new();
        using TaskHub hub = new();
        hub.IsFinished = _ =>
        {
            asked.Set();
            return false;
        };
        using Engine engine = new Engine().Connect(hub.Endpoint);
        engine.Ok($"$running = {TaskHub.Rows(1, 3)} | Invoke-TruebitTask -Async");
        using RunningScript running = engine.Start($"$running | {command}");
        asked.Await();

        return running.Stop();
    });

    [Fact]
    public void After_a_stop_the_session_works_on()
    {
        using TaskHub hub = new() { IsFinished = static _ => false };
        using Engine engine = new Engine().Connect(hub.Endpoint);
        using (RunningScript running = engine.Start(TaskHub.Rows(1, 1) + " | Invoke-TruebitTask"))
        {
            Limits.Await(() => hub.Accepted == 1, "It did not happen.");
            running.Stop();
        }

        hub.IsFinished = static _ => true;

        Assert.Equal([1, 2], engine.Ok($"Get-TruebitExecution -Wait; {TaskHub.Rows(2, 2)} | Invoke-TruebitTask").Values<string>("ExecutionId").Select(TaskHub.Number));
    }

    [Fact]
    public async Task Closing_the_runspace_ends_a_running_command()
    {
        using TaskHub hub = new() { IsFinished = static _ => false };
        using Engine engine = new Engine().Connect(hub.Endpoint);
        using RunningScript running = engine.Start(TaskHub.Rows(1, 1) + " | Invoke-TruebitTask");
        Limits.Await(() => hub.Accepted == 1, "It did not happen.");

        // The execution never ends, so without an end of the command this would not either.
        await Task.Run(engine.Runspace.Close, TestContext.Current.CancellationToken).WaitAsync(Limits.Event, TestContext.Current.CancellationToken);

        Limits.Await(() => running.HasEnded, "The command goes on.");
    }

    private static int[] Ids(Engine engine) =>
        [.. engine.Ok("Get-TruebitExecution").Output.Select(static item => TaskHub.Number(EngineRun.Of<string>(item, "ExecutionId")))];
}
