namespace Truebit.Client.Tests;

/// <summary>When executions are asked for: few polls, and little added to their time, whatever their times are like (design.md 4).</summary>
public sealed class TaskPaceTests
{
    private static readonly HubTimings Usual = new();

    /// <summary>How long tasks take, in seconds, by a number from 0 to 1.</summary>
    public static TheoryData<string, Func<double, double>> Times => new()
    {
        { "all the same", static _ => 1.0 },
        { "ten percent apart", static x => 0.9 + (0.2 * x) },
        { "quick", static x => 0.2 + (0.02 * x) },
        { "minutes", static x => 120 + (20 * x) },
    };

    [Theory]
    [MemberData(nameof(Times))]
    public void A_task_that_is_known_costs_three_polls_at_most_and_is_seen_soon(string _, Func<double, double> time)
    {
        TaskPace pace = new(Usual);
        Random random = new(1);
        Poll(pace, time(0.5));
        int polls = 0;
        double added = 0;
        for (int run = 0; run < 2_000; run++)
        {
            double end = time(random.NextDouble());
            (int asked, double seen) = Poll(pace, end);
            polls += asked;
            added += (seen - end) / end;
        }

        // No wait is longer than MaxPollInterval, so a task of minutes is asked for while it runs.
        double whileRunning = time(0.5) / Usual.MaxPollInterval.TotalSeconds;
        Assert.InRange(polls / 2_000.0, 1, 3.2 + whileRunning);
        Assert.InRange(added / 2_000, 0, 0.15);
    }

    [Fact]
    public void An_execution_that_takes_much_longer_than_the_others_is_asked_for_ever_later()
    {
        TaskPace pace = new(Usual);
        pace.Learn(TimeSpan.Zero, TimeSpan.FromMilliseconds(100));

        (int polls, double seen) = Poll(pace, end: 30);

        Assert.InRange(polls, 5, 30);
        Assert.InRange(seen, 30, 30 + (1.1 * Usual.MaxPollInterval.TotalSeconds));
    }

    [Fact]
    public void While_nothing_is_known_polls_become_rarer_up_to_the_longest_wait()
    {
        TaskPace pace = new(Usual with { FirstPoll = TimeSpan.FromMilliseconds(20), MaxPollInterval = TimeSpan.FromMilliseconds(60) });

        double[] waits = [.. Enumerable.Range(0, 7).Select(polls => pace.Next(TimeSpan.Zero, polls).TotalMilliseconds)];

        // Spread by three tenths, so that executions that start together do not ask together.
        Assert.All(waits.Zip([20.0, 30, 45, 60, 60, 60, 60]), static pair => Assert.InRange(pair.First, pair.Second * 0.69, pair.Second * 1.31));
    }

    [Fact]
    public async Task A_wait_in_the_dark_ends_when_another_execution_of_the_task_has_finished()
    {
        HubTimings patient = Usual with { FirstPoll = TimeSpan.FromHours(1), MaxPollInterval = TimeSpan.FromHours(1) };
        TaskPace pace = new(patient);
        PollRun run = new(PollGoal.Finished("id"), TimeSpan.FromHours(2), new PauseGate(patient, patient.MaxQueryPause), patient);

        Task pause = run.PauseAsync(pace, TestContext.Current.CancellationToken);
        Assert.False(pause.IsCompleted);
        pace.Learn(TimeSpan.Zero, TimeSpan.FromMilliseconds(20));

        await pause.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }

    /// <summary>The polls of an execution that ends after <paramref name="end"/> seconds, in no time.</summary>
    private static (int Polls, double Seen) Poll(TaskPace pace, double end)
    {
        TimeSpan now = TimeSpan.Zero;
        TimeSpan lastRunning = TimeSpan.Zero;
        for (int polls = 0; ; polls++)
        {
            now += pace.Next(now, polls);
            if (now.TotalSeconds >= end)
            {
                pace.Learn(lastRunning, now);
                return (polls + 1, now.TotalSeconds);
            }

            lastRunning = now;
        }
    }
}
