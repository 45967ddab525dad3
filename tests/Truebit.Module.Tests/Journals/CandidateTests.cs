using System.Management.Automation;
using Truebit.Module.Tests.Hosting;
using Truebit.Module.Tests.Hubs;
using Truebit.TestHub;

namespace Truebit.Module.Tests.Journals;

/// <summary>An id in an answer that does not count as accepted is kept, shown and taken; an id of another row is not.</summary>
public sealed class CandidateTests : IDisposable
{
    private readonly TaskHub _hub = new() { Answer = static number => number == 2 ? CannedResponse.Json($$"""{"executionId":"{{TaskHub.Id(7)}}"}""", 500) : null };
    private readonly JournalRun _runs;

    public CandidateTests() => _runs = new JournalRun(_hub);

    public void Dispose()
    {
        _runs.Dispose();
        _hub.Dispose();
    }

    [Theory]
    [InlineData("Get-TruebitJournal $journal | Where-Object CandidateId | Resolve-TruebitJournal -ExecutionId { $_.CandidateId }")]
    [InlineData("$failed | Resolve-TruebitJournal -ExecutionId { $_.Exception.CandidateId }")]
    public void It_is_in_the_error_and_the_journal_and_settles_the_row(string settle)
    {
        Engine engine = _runs.NewEngine();
        EngineRun first = engine.Run($"{TaskHub.Rows(1, 3)} | Invoke-TruebitTask -Journal $journal -ErrorVariable failed");
        Assert.Equal("OutcomeUnknown", first.OnlyError.Id);
        Assert.Contains($"The answer names the execution '{TaskHub.Id(7)}'.", first.OnlyError.Message);
        Assert.Equal(TaskHub.Id(7), EngineRun.Of<string>(PSObject.AsPSObject(first.Errors[0].Exception), "CandidateId"));
        Assert.Equal(["", TaskHub.Id(7), ""], _runs.Ok("Get-TruebitJournal $journal | Sort-Object Row").Values<string>("CandidateId"));
        Assert.Equal("OutcomeUnknown", _runs.Rows(1, 3).OnlyError.Id);

        engine.Ok(settle);

        Assert.Equal(["1 Finished", "2 Accepted", "3 Finished"], _runs.States());
        Assert.Equal([1, 3, 7], JournalRun.Numbers(_runs.Rows(1, 3)));
        Assert.Equal(3, _runs.Sent);
        Assert.All(_runs.Ok("Get-TruebitJournal $journal").Values<string>("CandidateId"), Assert.Empty);
    }

    [Fact]
    public void An_id_that_an_earlier_run_got_accepts_nothing()
    {
        using TaskHub stale = new() { Answer = static _ => CannedResponse.Accepted(TaskHub.Id(1)) };
        using JournalRun runs = new(stale);
        runs.Rows(1, 1);

        EngineRun run = runs.Rows(1, 3);

        Assert.Equal(["OutcomeUnknown", "OutcomeUnknown"], run.ErrorIds);
        Assert.All(run.Errors, static error => Assert.Contains($"gives the execution '{TaskHub.Id(1)}', which is another row's", error.Exception.Message));
        Assert.Equal(["1 Finished", "2 Unknown", "3 Unknown"], runs.States());
    }

    [Fact]
    public void A_result_of_another_execution_leaves_the_row_accepted_under_its_own_id()
    {
        bool isMixedUp = true;
        using TaskHub hub = new() { Status = number => isMixedUp && number == 2 ? CannedResponse.Success(TaskHub.Id(9)) : null };
        using JournalRun runs = new(hub);

        Assert.Equal("InvalidResponse", runs.Rows(1, 3).OnlyError.Id);

        Assert.Equal(["1 Finished", "2 Accepted", "3 Finished"], runs.States());
        isMixedUp = false;
        Assert.Equal([1, 2, 3], JournalRun.Numbers(runs.Rows(1, 3)));
        Assert.Equal(3, runs.Sent);
    }
}
