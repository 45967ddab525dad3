using Truebit.Module.Tests.Hosting;
using Truebit.Module.Tests.Hubs;
using Truebit.TestHub;

namespace Truebit.Module.Tests.Journals;

/// <summary>Get-TruebitJournal -Summary: how far a run has come, seen from another console.</summary>
public sealed class JournalSummaryTests
{
    [Fact]
    public void It_counts_the_ends_of_a_run_that_is_over()
    {
        // 1 and 2 finish, 3 is refused, 4 is lost.
        using TaskHub hub = new()
        {
            Answer = static number => number switch
            {
                3 => CannedResponse.Message("no", 400),
                4 => CannedResponse.Close,
                _ => null,
            },
        };
        using JournalRun runs = new(hub);
        runs.Rows(1, 4);

        EngineRun summary = runs.Ok("Get-TruebitJournal $journal -Summary");

        Assert.Equal(4, summary.Value<int>("Rows"));
        Assert.Equal(2, summary.Value<int>("Success"));
        Assert.Equal(1, summary.Value<int>("Refused"));
        Assert.Equal(1, summary.Value<int>("Unknown"));
        Assert.False(summary.Value<bool>("IsInUse"));
        Assert.Null(summary.Value<object>("OldestRunning"));
        Assert.InRange(summary.Value<double>("FinishedPerSecond"), 0.01, 2);
        Assert.Matches(
            @"^run\.journal: 4 rows: 2 Success, 1 refused, 1 unknown; [0-9.]+ results a second in the last minute\. No run is writing it\.$",
            Assert.Single(summary.Output).ToString());
    }

    [Fact]
    public void While_the_run_goes_on_it_tells_what_is_running_and_what_has_been_so_the_longest()
    {
        using ManualResetEventSlim arrived = new();
        using CountdownEvent asked = new(1);
        TaskCompletionSource release = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using TaskHub hub = new()
        {
            Hold = async number =>
            {
                if (number == 3)
                {
                    arrived.Set();
                    await release.Task;
                }
            },
            IsFinished = number => number == 1 || release.Task.IsCompleted || (asked.CurrentCount > 0 && asked.Signal() && false),
        };
        using JournalRun runs = new(hub);
        using RunningScript running = runs.NewEngine().Start($"{TaskHub.Rows(1, 3)} | Invoke-TruebitTask -Journal $journal -ThrottleLimit 1 -Async | Wait-TruebitExecution");
        arrived.Await();

        EngineRun summary = runs.Ok("Get-TruebitJournal $journal -Summary");
        string[] oldest = runs.Ok("(Get-TruebitJournal $journal -Summary).OldestRunning.Row").Output.Select(static row => row.ToString()!).ToArray();

        release.SetResult();
        running.Wait();
        Assert.True(summary.Value<bool>("IsInUse"));
        Assert.Equal(1, summary.Value<int>("Sending"));
        Assert.Equal(2, summary.Value<int>("Running"));
        Assert.Equal(0, summary.Value<int>("Unknown"));
        Assert.Equal(["1"], oldest);
        Assert.EndsWith(" A run is writing it.", Assert.Single(summary.Output).ToString());
    }

    [Fact]
    public void A_row_on_the_wire_is_unknown_when_no_run_is_writing()
    {
        using TaskHub hub = new() { Answer = static number => number == 2 ? CannedResponse.Close : null };
        using JournalRun runs = new(hub);
        runs.Rows(1, 2);
        runs.ForgetUnknown();

        EngineRun summary = runs.Ok("Get-TruebitJournal $journal -Summary");

        Assert.Equal(0, summary.Value<int>("Sending"));
        Assert.Equal(1, summary.Value<int>("Unknown"));
    }

    [Fact]
    public void Looking_at_a_journal_does_not_keep_a_run_from_it()
    {
        using TaskHub hub = new();
        using JournalRun runs = new(hub);
        runs.Rows(1, 1);
        runs.Ok("Get-TruebitJournal $journal -Summary");

        Assert.Empty(runs.Rows(1, 2).Errors);
        Assert.Equal(["run.journal"], runs.Files);
    }
}
