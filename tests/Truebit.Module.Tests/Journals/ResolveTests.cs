using System.Management.Automation;
using Truebit.Module.Tests.Hosting;
using Truebit.Module.Tests.Hubs;
using Truebit.TestHub;

namespace Truebit.Module.Tests.Journals;

/// <summary>Row 2, whose answer was lost, settled by hand.</summary>
public sealed class ResolveTests : IDisposable
{
    private const string Unknown = "Get-TruebitJournal $journal | Where-Object IsUnknown";

    private readonly TaskHub _hub;
    private readonly JournalRun _runs;

    public ResolveTests()
    {
        bool losesAnswer = true;
        _hub = new TaskHub { Answer = number => losesAnswer && number == 2 ? CannedResponse.Close : null };
        _runs = new JournalRun(_hub);
        (string id, string message) = _runs.Rows(1, 3).OnlyError;
        Assert.Equal("OutcomeUnknown", id);
        Assert.EndsWith("Look at the target, then pipe this error, or the row's entry of Get-TruebitJournal, to Resolve-TruebitJournal.", message);
        losesAnswer = false;
    }

    public void Dispose()
    {
        _runs.Dispose();
        _hub.Dispose();
    }

    [Fact]
    public void As_not_executed_the_next_run_sends_it()
    {
        Assert.Empty(_runs.Ok($"{Unknown} | Resolve-TruebitJournal -NotExecuted").Output);
        Assert.Equal(["1 Finished", "2 Refused", "3 Finished"], _runs.States());

        Assert.Equal([1, 2, 3], JournalRun.Numbers(_runs.Rows(1, 3)));
        Assert.Equal(4, _runs.Sent);
    }

    [Fact]
    public void By_an_id_the_next_run_asks_for_it_and_sends_nothing()
    {
        _runs.Ok($"{Unknown} | Resolve-TruebitJournal -ExecutionId {TaskHub.Id(7)}");
        Assert.Equal(["1 Finished", "2 Accepted", "3 Finished"], _runs.States());

        EngineRun run = _runs.Rows(1, 3);

        Assert.Equal([1, 3, 7], JournalRun.Numbers(run));
        PSObject settled = run.Output.Single(static item => TaskHub.Number(EngineRun.Of<string>(item, "ExecutionId")) == 7);
        Assert.Equal("/2", EngineRun.Of<string>(EngineRun.Of<PSObject>(settled, "InputObject"), "Path"));
        Assert.Equal($"/task/api/execution-status/{TaskHub.Id(7)}", _hub.Server.Requests.Last().Path);
        Assert.Equal(3, _runs.Sent);
        Assert.Equal(["1 Finished", "2 Finished", "3 Finished"], _runs.States());
    }

    [Fact]
    public void A_row_that_was_on_the_wire_when_its_run_was_killed_can_be_settled_as_well()
    {
        _runs.ForgetUnknown();

        _runs.Ok($"{Unknown} | Resolve-TruebitJournal -NotExecuted");

        Assert.Equal([1, 2, 3], JournalRun.Numbers(_runs.Rows(1, 3)));
    }

    [Theory]
    [InlineData("-WhatIf", false)]
    [InlineData("-Confirm", true)]
    public void WhatIf_and_a_no_leave_the_journal_as_it_is(string parameter, bool asks)
    {
        byte[] before = File.ReadAllBytes(_runs.Path);
        Engine engine = _runs.NewEngine();
        engine.Host.Screen.Choice = 2;

        engine.Ok($"{Unknown} | Resolve-TruebitJournal -NotExecuted {parameter}");

        Assert.Equal(before, File.ReadAllBytes(_runs.Path));
        Assert.Contains(
            $"Performing the operation \"Settle as not executed\" on target \"row 2 (n/t) of {_runs.Path}\".",
            asks ? Assert.Single(engine.Host.Screen.Questions) : engine.Host.Screen.Text);
    }

    [Theory]
    [InlineData("Get-TruebitJournal $journal -State Finished | Resolve-TruebitJournal -NotExecuted", "RowNotUnknown,RowNotUnknown", ErrorCategory.InvalidOperation)]
    [InlineData("Resolve-TruebitJournal $journal nothing -NotExecuted", "RowNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData("Resolve-TruebitJournal \"$journal.missing\" nothing -NotExecuted", "JournalNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData("Resolve-TruebitJournal $manifest nothing -NotExecuted", "JournalDamaged", ErrorCategory.InvalidData)]
    public void What_cannot_be_settled_is_an_error_and_nothing_is_written(string script, string ids, ErrorCategory category)
    {
        byte[] before = File.ReadAllBytes(_runs.Path);

        EngineRun run = _runs.NewEngine().Run(script);

        Assert.Equal(ids.Split(','), run.ErrorIds);
        Assert.All(run.Errors, error => Assert.Equal(category, error.CategoryInfo.Category));
        Assert.Equal(before, File.ReadAllBytes(_runs.Path));
        Assert.False(File.Exists($"{_runs.Path}.missing"));
    }

    [Fact]
    public void The_rows_after_one_that_cannot_be_settled_go_on()
    {
        EngineRun run = _runs.NewEngine().Run("Get-TruebitJournal $journal | Resolve-TruebitJournal -NotExecuted");

        Assert.Equal(["RowNotUnknown", "RowNotUnknown"], run.ErrorIds);
        Assert.Equal(["1 Finished", "2 Refused", "3 Finished"], _runs.States());
    }
}
