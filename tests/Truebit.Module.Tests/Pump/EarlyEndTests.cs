using Truebit.Module.Tests.Hosting;
using Truebit.Module.Tests.Hubs;

namespace Truebit.Module.Tests.Pump;

/// <summary>What a run that is ended early says of money that was spent without a result.</summary>
public sealed class EarlyEndTests
{
    [Theory]
    [InlineData("", "Get-TruebitExecution -Wait gets their results, in this session only. With -Journal, the same command could go on later.")]
    [InlineData("-Journal $journal", "Run the same command with the same journal to get their results and to go on.")]
    public void Stopping_tells_how_many_are_paid_for_and_what_to_do(string parameters, string next)
    {
        using ManualResetEventSlim written = new();
        using TaskHub hub = new() { IsFinished = static number => number == 1 };
        using TemporaryJournal journal = new();
        using Engine engine = new Engine().Connect(hub.Endpoint);
        engine["journal"] = journal.Path;
        using RunningScript running = engine.Start($"{TaskHub.Rows(1, 4)} | Invoke-TruebitTask {parameters}", _ => written.Set());
        written.Await();
        Limits.Await(() => hub.Accepted == 4, "Not all were submitted.");

        running.Stop();

        running.Wait();
        Assert.Contains($"WARNING: Ended early. 3 executions are paid for whose results were not written. {next}", engine.Host.Screen.Text);
    }

    [Fact]
    public void A_request_that_is_on_the_wire_may_be_executed()
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

        running.Stop();

        running.Wait();
        release.SetResult();
        Assert.Contains("Ended early. 0 executions are paid for whose results were not written. 1 more were sent and may be executed.", engine.Host.Screen.Text);
    }

    [Fact]
    public void Select_First_leaves_paid_executions_behind_too()
    {
        using CountdownEvent asked = new(2);
        using TaskHub hub = new()
        {
            IsFinished = number =>
            {
                if (number == 1)
                {
                    asked.Wait(TimeSpan.FromSeconds(30));
                    return true;
                }

                return asked.CurrentCount > 0 && asked.Signal() && false;
            },
        };
        using Engine engine = new Engine().Connect(hub.Endpoint);

        EngineRun run = engine.Run(TaskHub.Rows(1, 3) + " | Invoke-TruebitTask | Select-Object -First 1");

        Assert.Single(run.Output);
        Assert.Contains("Ended early. 2 executions are paid for", engine.Host.Screen.Text);
    }

    [Theory]
    [InlineData("-Async")]
    [InlineData("")]
    [InlineData("-Sync")]
    public void A_run_that_came_to_its_end_says_nothing(string parameters)
    {
        using TaskHub hub = new();
        using Engine engine = new Engine().Connect(hub.Endpoint);

        engine.Ok($"{TaskHub.Rows(1, 3)} | Invoke-TruebitTask {parameters}");

        Assert.DoesNotContain("Ended early", engine.Host.Screen.Text);
    }

    [Theory]
    [InlineData("-WarningAction SilentlyContinue", "")]
    [InlineData("-WarningAction Ignore", "")]
    [InlineData("", "$WarningPreference = 'SilentlyContinue'; ")]
    public void Warnings_that_are_not_wanted_are_not_shown(string parameters, string before)
    {
        using CountdownEvent asked = new(1);
        using TaskHub hub = new() { IsFinished = _ => asked.CurrentCount > 0 && asked.Signal() && false };
        using Engine engine = new Engine().Connect(hub.Endpoint);
        using RunningScript running = engine.Start($"{before}{TaskHub.Rows(1, 1)} | Invoke-TruebitTask {parameters}");
        asked.Await();

        running.Stop();

        running.Wait();
        Assert.DoesNotContain("Ended early", engine.Host.Screen.Text);
    }

    private sealed class TemporaryJournal : IDisposable
    {
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("truebit-early-");

        public string Path => System.IO.Path.Combine(_folder.FullName, "run.journal");

        public void Dispose() => _folder.Delete(recursive: true);
    }
}
