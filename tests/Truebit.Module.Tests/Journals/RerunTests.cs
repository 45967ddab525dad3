using System.Collections.Concurrent;
using System.Management.Automation;
using Truebit.Module.Tests.Hosting;
using Truebit.Module.Tests.Hubs;
using Truebit.TestHub;

namespace Truebit.Module.Tests.Journals;

/// <summary>The same command with the same journal. (Killed processes: RehearsalTests.)</summary>
public sealed class RerunTests : IDisposable
{
    private static readonly string[] Compared =
        ["ExecutionId", "Kind", "Status", "Namespace", "TaskName", "OutputJson", "RawJson", "SenderAddress", "SubmittedAt", "ResponseBytes", "InputObject"];

    private readonly TaskHub _hub = new();
    private readonly JournalRun _runs;

    public RerunTests() => _runs = new JournalRun(_hub);

    public void Dispose()
    {
        _runs.Dispose();
        _hub.Dispose();
    }

    [Theory]
    [InlineData("")]
    [InlineData("-Sync")]
    public void After_success_nothing_is_sent_and_the_same_results_are_written(string mode)
    {
        EngineRun first = _runs.Rows(1, 5, mode);

        int calls = _hub.Server.Requests.Count;
        EngineRun again = _runs.Rows(1, 5, mode);

        Assert.Equal(5, first.Output.Count);
        Assert.Equal(calls, _hub.Server.Requests.Count);
        Assert.Empty(again.Errors);
        Assert.Equal(Described(first), Described(again));
        Assert.All(again.Values<DateTime>("CompletedAt"), static ended => Assert.InRange(ended, DateTime.UtcNow.AddMinutes(-5), DateTime.UtcNow));
        Assert.Equal(["1 Finished", "2 Finished", "3 Finished", "4 Finished", "5 Finished"], _runs.States());
    }

    [Fact]
    public void After_a_stop_accepted_rows_are_asked_for_and_only_the_others_are_sent()
    {
        // Rows 1 and 2 are done, 3 and 4 run when the command is stopped, 5 and 6 were never sent.
        ConcurrentDictionary<int, bool> asked = [];
        _hub.IsFinished = number => number < 3 || (asked.TryAdd(number, true) && false);
        using (RunningScript stopped = _runs.NewEngine().Start($"{TaskHub.Rows(1, 6)} | Invoke-TruebitTask -Journal $journal -ThrottleLimit 2"))
        {
            Limits.Await(() => asked.Count == 2, "Rows 3 and 4 were not asked for.");
            stopped.Stop();
            stopped.Wait();
        }

        Assert.Equal(["1 Finished", "2 Finished", "3 Accepted", "4 Accepted"], _runs.States());
        _hub.IsFinished = static _ => true;
        EngineRun again = _runs.Rows(1, 6);

        Assert.Equal([1, 2, 3, 4, 5, 6], JournalRun.Numbers(again));
        Assert.Equal(6, _runs.Sent);
        Assert.StartsWith("Invoke-TruebitTask: 6 rows: 6 Success; 2 submitted, 2 from the journal, in ", JournalRun.Summary(again));
    }

    [Fact]
    public void The_results_of_async_runs_are_fetched_by_the_next_one()
    {
        EngineRun first = _runs.Rows(1, 2, "-Async");
        Assert.Equal(["1 Accepted", "2 Accepted"], _runs.States());

        EngineRun again = _runs.Rows(1, 2);

        Assert.Equal(["Running", "Running"], first.Values<string>("Status"));
        Assert.Equal(["Success", "Success"], again.Values<string>("Status"));
        Assert.All(again.Values<object>("CompletedAt"), static ended => Assert.Null(ended));
        Assert.Equal(2, _runs.Sent);
    }

    [Fact]
    public void New_rows_are_sent_wherever_they_stand()
    {
        _runs.Rows(2, 3);

        Assert.Equal([1, 2, 3, 4], JournalRun.Numbers(_runs.Rows(1, 4)));
        Assert.Equal(4, _runs.Sent);
    }

    [Fact]
    public void Identical_rows_are_each_sent_once()
    {
        string row = TaskHub.Rows(1, 1);
        _runs.Run($"& {{ {row}; {row} }}");
        Assert.Equal(2, _runs.Sent);

        EngineRun again = _runs.Run($"& {{ {row}; {row}; {row} }}");

        Assert.Equal(3, again.Output.Count);
        Assert.Equal(3, _runs.Sent);
    }

    [Fact]
    public void A_row_that_the_hub_refused_is_sent_again()
    {
        bool refuses = true;
        using TaskHub hub = new() { Answer = number => refuses && number == 2 ? CannedResponse.Message("no", 400) : null };
        using JournalRun runs = new(hub);
        Assert.Equal(["InvalidRequest"], runs.Rows(1, 3).ErrorIds);
        Assert.Equal(["1 Finished", "2 Refused", "3 Finished"], runs.States());

        refuses = false;
        EngineRun again = runs.Rows(1, 3);

        Assert.Equal([1, 2, 3], JournalRun.Numbers(again));
        Assert.Equal(4, runs.Sent);
    }

    [Fact]
    public void An_execution_that_failed_at_the_hub_is_a_result_and_is_not_paid_for_again()
    {
        using TaskHub hub = new() { Status = static number => CannedResponse.Json($$"""{"executionId":"{{TaskHub.Id(number)}}","status":"Error"}""") };
        using JournalRun runs = new(hub);
        runs.Rows(1, 1);

        Assert.Equal("Error", runs.Rows(1, 1).Value<string>("Status"));
        Assert.Equal(1, runs.Sent);
    }

    [Fact]
    public void A_single_task_of_the_command_line_is_known_again()
    {
        string script = "Invoke-TruebitTask -Namespace n -TaskName t -Method GET -Path /7 -Journal $journal";
        _runs.Ok(script);

        Assert.Equal(7, TaskHub.Number(_runs.Ok(script).Value<string>("ExecutionId")));
        Assert.Equal(1, _runs.Sent);
    }

    private static string[] Described(EngineRun run) =>
        [.. run.Output.OrderBy(static item => EngineRun.Of<string>(item, "ExecutionId")).Select(static item =>
            string.Join("; ", Compared.Select(name => $"{name}={LanguagePrimitives.ConvertTo<string>(item.Properties[name].Value)}")))];
}
