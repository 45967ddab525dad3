using System.Management.Automation;
using Truebit.Module.Tests.Hosting;
using Truebit.Module.Tests.Hubs;
using Truebit.TestHub;

namespace Truebit.Module.Tests.Waiting;

public sealed class ProgressTests
{
    [Fact]
    public void A_run_that_lasts_shows_its_progress_at_most_four_times_a_second_and_takes_it_away()
    {
        // The run goes on until the bar was updated four times.
        using Engine engine = new();
        using TaskHub hub = new() { IsFinished = number => number <= 2 || engine.Host.Screen.Progress.Count >= 4 };
        engine.Connect(hub.Endpoint);
        TimeSpan start = engine.Host.Screen.Now;

        engine.Ok(TaskHub.Rows(1, 5) + " | Invoke-TruebitTask");

        (TimeSpan At, ProgressRecord Record)[] shown = [.. engine.Host.Screen.Progress];
        ProgressRecord[] records = [.. shown.Select(static update => update.Record)];
        Assert.True(shown[0].At - start >= TimeSpan.FromSeconds(1), $"The first after {shown[0].At - start}.");
        Assert.Equal(ProgressRecordType.Completed, records[^1].RecordType);
        Assert.All(records[..^1], static record => Assert.Equal(ProgressRecordType.Processing, record.RecordType));
        Assert.Single(records.Select(static record => (record.ActivityId, record.Activity)).Distinct(), (0x7472, "Invoke-TruebitTask"));
        Assert.Matches("^2 Success, 3 running, [0-9.]+ a second, 00:00:0[0-9]$", records[1].StatusDescription);

        // An update that comes late makes the next gap look shorter, so it is their whole time that counts.
        int updates = records.Length - 1;
        TimeSpan least = TimeSpan.FromMilliseconds(250 * (updates - 1) - 100);
        Assert.True(shown[updates - 1].At - shown[0].At >= least, $"{updates} updates in {shown[updates - 1].At - shown[0].At}.");
    }

    [Fact]
    public void With_a_price_the_estimated_cost_is_shown()
    {
        using Engine engine = new();
        using TaskHub hub = new() { IsFinished = number => number == 1 || engine.Host.Screen.Progress.Count >= 2 };
        engine.Connect(hub.Endpoint);

        engine.Run(TaskHub.Rows(1, 2) + " | Invoke-TruebitTask -GasPrice 0.0002");

        Assert.EndsWith(", about 0.1264 gas", engine.Host.Screen.Progress.First().Record.StatusDescription);
    }

    [Fact]
    public void Failures_are_counted()
    {
        using Engine engine = new();
        using TaskHub hub = new()
        {
            Answer = static number => number == 1 ? CannedResponse.Message("no", 400) : null,
            IsFinished = _ => engine.Host.Screen.Progress.Count >= 1,
        };
        engine.Connect(hub.Endpoint);

        engine.Run(TaskHub.Rows(1, 2) + " | Invoke-TruebitTask");

        Assert.StartsWith("1 failed, 1 running", engine.Host.Screen.Progress.First().Record.StatusDescription);
    }

    [Fact]
    public void A_wait_for_executions_shows_its_progress_too()
    {
        using Engine engine = new();
        using TaskHub hub = new() { IsFinished = _ => engine.Host.Screen.Progress.Count >= 1 };
        engine.Connect(hub.Endpoint);

        engine.Ok(TaskHub.Rows(1, 1) + " | Invoke-TruebitTask -Async | Wait-TruebitExecution");

        Assert.Equal("Wait-TruebitExecution", engine.Host.Screen.Progress.First().Record.Activity);
        Assert.Equal(ProgressRecordType.Completed, engine.Host.Screen.Progress.Last().Record.RecordType);
    }

    [Fact]
    public void During_a_pause_it_says_what_it_waits_for()
    {
        using Engine engine = new();
        using TaskHub hub = new()
        {
            Answer = number => number == 1 && engine.Host.Screen.Progress.IsEmpty ? CannedResponse.Empty(429, "Retry-After: 30") : null,
        };
        engine.Connect(hub.Endpoint);
        using RunningScript running = engine.Start(TaskHub.Rows(1, 1) + " | Invoke-TruebitTask");
        Limits.Await(() => !engine.Host.Screen.Progress.IsEmpty, "There is no progress.");

        running.Stop();

        Assert.Matches("; the hub asked for a pause, which ends in [0-9]+ s$", engine.Host.Screen.Progress.First().Record.StatusDescription);
    }

    [Fact]
    public void A_quick_run_shows_none() => Promptly.Within(TimeSpan.FromSeconds(1), static () =>
    {
        using TaskHub hub = new();
        using Engine engine = new Engine().Connect(hub.Endpoint);
        TimeSpan start = engine.Host.Screen.Now;

        engine.Ok(TaskHub.Rows(1, 20) + " | Invoke-TruebitTask");

        TimeSpan taken = engine.Host.Screen.Now - start;
        if (taken < TimeSpan.FromSeconds(1))
        {
            Assert.Empty(engine.Host.Screen.Progress);
        }

        return taken;
    });

    [Fact]
    public void A_console_whose_output_goes_to_a_file_shows_none()
    {
        Assert.SkipUnless(Console.IsOutputRedirected, "The tests' own console decides, and it is a screen.");
        using TaskHub hub = new() { IsFinished = static _ => false };
        using Engine engine = new Engine(hostName: "ConsoleHost").Connect(hub.Endpoint);

        Assert.Equal("WaitTimeout", engine.Run(TaskHub.Rows(1, 1) + " | Invoke-TruebitTask -Timeout 1.6").OnlyError.Id);

        Assert.Empty(engine.Host.Screen.Progress);
    }

    [Fact]
    public void SilentlyContinue_shows_none()
    {
        using TaskHub hub = new() { IsFinished = static _ => false };
        using Engine engine = new Engine().Connect(hub.Endpoint);

        Assert.Equal("WaitTimeout", engine.Run("$ProgressPreference = 'SilentlyContinue'; " + TaskHub.Rows(1, 1) + " | Invoke-TruebitTask -Timeout 1.6").OnlyError.Id);

        Assert.Empty(engine.Host.Screen.Progress);
    }
}
