using Truebit.Module.Tests.Hosting;
using Truebit.Module.Tests.Hubs;
using Truebit.TestHub;

namespace Truebit.Module.Tests.Journals;

/// <summary>Runs that stop submitting before their input ends.</summary>
public sealed class BudgetTests
{
    private const string GoesOn = " Run the same command with the same journal to send them.";

    [Fact]
    public void MaxSubmissions_leaves_the_others_for_the_next_run_and_answers_of_the_journal_do_not_count()
    {
        using TaskHub hub = new();
        using JournalRun runs = new(hub);

        EngineRun first = runs.Rows(1, 5, "-MaxSubmissions 2");
        EngineRun second = runs.Rows(1, 5, "-MaxSubmissions 2");
        EngineRun third = runs.Rows(1, 5, "-MaxSubmissions 2");

        Assert.Equal([1, 2], JournalRun.Numbers(first));
        Assert.Equal([$"Rows not sent: 3, because -MaxSubmissions 2 was reached.{GoesOn}"], first.Warnings);
        Assert.StartsWith("Invoke-TruebitTask: 5 rows: 2 Success, 3 not sent; 2 submitted, in ", JournalRun.Summary(first));
        Assert.Equal([1, 2, 3, 4], JournalRun.Numbers(second));
        Assert.Equal([$"Rows not sent: 1, because -MaxSubmissions 2 was reached.{GoesOn}"], second.Warnings);
        Assert.Equal([1, 2, 3, 4, 5], JournalRun.Numbers(third));
        Assert.Empty(third.Warnings);
        Assert.Equal(5, runs.Sent);
    }

    [Fact]
    public void Cumulative_counts_what_earlier_runs_have_submitted()
    {
        using TaskHub hub = new();
        using JournalRun runs = new(hub);

        runs.Rows(1, 5, "-MaxSubmissions 2 -Cumulative");
        EngineRun second = runs.Rows(1, 5, "-MaxSubmissions 2 -Cumulative");
        EngineRun third = runs.Rows(1, 5, "-MaxSubmissions 4 -Cumulative");

        Assert.Equal([1, 2], JournalRun.Numbers(second));
        Assert.Equal([$"Rows not sent: 3, because -MaxSubmissions 2 was reached, 2 of them in earlier runs.{GoesOn}"], second.Warnings);
        Assert.Equal([1, 2, 3, 4], JournalRun.Numbers(third));
        Assert.Equal([$"Rows not sent: 1, because -MaxSubmissions 4 was reached, 2 of them in earlier runs.{GoesOn}"], third.Warnings);
        Assert.Equal(4, runs.Sent);
    }

    [Fact]
    public void Cumulative_counts_every_execution_of_a_row_and_rows_that_are_unknown_but_no_refused_ones()
    {
        using TaskHub hub = new()
        {
            Answer = static number => number switch { 2 => CannedResponse.Close, 3 => CannedResponse.Message("no", 400), _ => null },
            Status = static number => number == 1 ? CannedResponse.Json($$"""{"executionId":"{{TaskHub.Id(1)}}","status":"Error","output":null}""") : null,
        };
        using JournalRun runs = new(hub);

        runs.Rows(1, 3);
        runs.Rows(1, 3, "-Rerun Error");
        EngineRun run = runs.Rows(4, 6, "-MaxSubmissions 4 -Cumulative -Force");

        // Two executions of row 1, and row 2. Row 3 is refused each time.
        Assert.Equal([4], JournalRun.Numbers(run));
        Assert.Equal([$"Rows not sent: 2, because -MaxSubmissions 4 was reached, 3 of them in earlier runs.{GoesOn}"], run.Warnings);
    }

    [Theory]
    [InlineData("-Journal $journal")]
    [InlineData("-MaxSubmissions 2")]
    public void Cumulative_needs_a_number_and_a_journal(string given)
    {
        using TaskHub hub = new();
        using JournalRun runs = new(hub);

        EngineRun run = runs.NewEngine().Run($"{TaskHub.Rows(1, 3)} | Invoke-TruebitTask -Cumulative {given}");

        Assert.Equal(("InvalidInput", "-Cumulative requires -Journal and a limit such as -MaxSubmissions."), run.End);
    }

    [Fact]
    public void A_shard_takes_its_part_of_the_rate()
    {
        using TaskHub hub = new();
        using JournalRun runs = new(hub);

        // Of 40 rows, at least 6 are in each of 4 shards; 20 a second are 50 ms between two, 80 would be 12.
        EngineRun run = runs.NewEngine().Run($"{TaskHub.Rows(1, 40)} | Invoke-TruebitTask -Shard 1/4 -RateLimit 80 -InformationVariable told; $told.MessageData");

        Assert.InRange(hub.Server.Submissions.Count, 6, 40);
        TimeSpan elapsed = EngineRun.Of<TimeSpan>(run.Output[^1], "Elapsed");
        Assert.True(elapsed >= TimeSpan.FromMilliseconds(50 * 0.9 * (hub.Server.Submissions.Count - 1)), $"{elapsed}");
    }

    [Theory]
    [InlineData("-MaxSubmissions 0", "-MaxSubmissions 0 was reached")]
    [InlineData("-TimeBudget 0", "-TimeBudget 00:00:00 was used up")]
    public void A_budget_of_nothing_checks_every_row_and_sends_none(string budget, string why)
    {
        using TaskHub hub = new();
        using JournalRun runs = new(hub);
        string rows = $"& {{ {TaskHub.Rows(1, 3)}; @{{ Path = '/4' }} }}";

        EngineRun run = runs.NewEngine().Run($"{rows} | Invoke-TruebitTask {budget}");

        Assert.Equal(("InvalidInput", "Row 4: Namespace: no value; give -Namespace or a column 'Namespace'."), run.OnlyError);
        Assert.Equal([$"Rows not sent: 3, because {why}."], run.Warnings);
        Assert.Empty(hub.Server.Requests);
    }

    [Fact]
    public void When_the_time_is_over_what_was_accepted_is_awaited()
    {
        // The first row ends when the second is taken, which is when the time is over.
        bool isOver = false;
        using TaskHub hub = new() { IsFinished = _ => isOver };
        using JournalRun runs = new(hub);
        Engine engine = runs.NewEngine();
        engine["wait"] = () =>
        {
            Thread.Sleep(TimeSpan.FromSeconds(1.1));
            isOver = true;
        };

        EngineRun run = engine.Run($"& {{ {TaskHub.Rows(1, 1)}; $wait.Invoke(); {TaskHub.Rows(2, 3)} }} | Invoke-TruebitTask -Journal $journal -TimeBudget 1");

        Assert.Equal([1], JournalRun.Numbers(run));
        Assert.Equal([$"Rows not sent: 2, because -TimeBudget 00:00:01 was used up.{GoesOn}"], run.Warnings);
        Assert.Equal([1, 2, 3], JournalRun.Numbers(runs.Rows(1, 3)));
    }

    [Fact]
    public void The_time_ends_a_pause_that_the_hub_asked_for()
    {
        bool isBusy = true;
        using TaskHub hub = new() { Answer = number => isBusy && number > 1 ? CannedResponse.Json("{}", 429, "Retry-After: 600") : null };
        using JournalRun runs = new(hub);

        // The runner gives a script a minute, and the pause lasts ten.
        EngineRun run = runs.Rows(1, 4, "-TimeBudget 1 -ThrottleLimit 2");

        Assert.Empty(run.Errors);
        Assert.Equal([1], JournalRun.Numbers(run));
        Assert.Contains($"Rows not sent: 3, because -TimeBudget 00:00:01 was used up.{GoesOn}", run.Warnings);
        Assert.DoesNotContain(runs.States(), static state => state.EndsWith("Sending", StringComparison.Ordinal) || state.EndsWith("Unknown", StringComparison.Ordinal));
        isBusy = false;
        Assert.Equal([1, 2, 3, 4], JournalRun.Numbers(runs.Rows(1, 4)));
    }

    [Fact]
    public void Requests_that_wait_for_their_turn_are_not_sent_after_the_time()
    {
        // 32 submissions at a time are on the wire and are held until the time is over; the others wait behind them.
        const int AtOnce = 32;
        const int All = 40;
        TaskCompletionSource over = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using TaskHub hub = new() { Hold = _ => over.Task };
        using JournalRun runs = new(hub);
        using RunningScript running = runs.NewEngine().Start($"{TaskHub.Rows(1, All)} | Invoke-TruebitTask -Journal $journal -ThrottleLimit {All} -TimeBudget 2");
        Limits.Await(() => hub.Accepted > 0, "Nothing was sent.");
        Thread.Sleep(TimeSpan.FromSeconds(2.2));
        int sent = runs.Sent;
        over.SetResult();

        EngineRun run = running.Wait();

        Assert.InRange(sent, 1, AtOnce);
        Assert.Equal(sent, run.Output.Count);
        Assert.Equal(sent, runs.Sent);
        Assert.Equal([$"Rows not sent: {All - sent}, because -TimeBudget 00:00:02 was used up.{GoesOn}"], run.Warnings);
        Assert.Equal(sent, runs.States().Length);
        Assert.Equal(All, runs.Rows(1, All).Output.Count);
        Assert.Equal(All, runs.Sent);
    }

    [Fact]
    public void What_is_left_without_a_journal_is_only_counted()
    {
        using TaskHub hub = new();
        using JournalRun runs = new(hub);

        EngineRun run = runs.NewEngine().Run($"{TaskHub.Rows(1, 3)} | Invoke-TruebitTask -MaxSubmissions 1");

        Assert.Equal(["Rows not sent: 2, because -MaxSubmissions 1 was reached."], run.Warnings);
    }
}
