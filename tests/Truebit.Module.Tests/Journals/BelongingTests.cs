using Truebit.Module.Tests.Hosting;
using Truebit.Module.Tests.Hubs;
using Truebit.TestHub;

namespace Truebit.Module.Tests.Journals;

/// <summary>A journal belongs to one hub, one file and one input.</summary>
public sealed class BelongingTests : IDisposable
{
    private readonly TaskHub _hub = new();
    private readonly JournalRun _runs;

    public BelongingTests() => _runs = new JournalRun(_hub);

    public void Dispose()
    {
        _runs.Dispose();
        _hub.Dispose();
    }

    [Fact]
    public void Another_hub_is_refused_before_anything_is_sent()
    {
        _runs.Rows(1, 3);
        using TaskHub other = new();
        Engine engine = _runs.NewEngine().Connect(other.Endpoint);

        EngineRun run = engine.Run($"{TaskHub.Rows(1, 3)} | Invoke-TruebitTask -Journal $journal");

        Assert.Equal("JournalHubMismatch", run.End.Id);
        Assert.Contains($"belongs to {_hub.Endpoint.ToString().TrimEnd('/')} (sandbox), but this run uses {other.Endpoint.ToString().TrimEnd('/')} (sandbox)", run.End.Message, StringComparison.Ordinal);
        Assert.Equal(0, other.Accepted);
    }

    [Theory]
    [InlineData("-Label stable", "The journal's rows have no label, and these have the label stable.")]
    [InlineData("-TaskName other", "The journal is of the task n/t, and this run of n/other.")]
    [InlineData("-Body @{ changed = 1 }", "Most likely the journal is of another input, or its values have changed, as when a spreadsheet saves them again.")]
    public void An_input_that_the_journal_does_not_know_is_refused(string parameter, string difference)
    {
        _runs.Rows(1, 30);

        EngineRun run = _runs.Rows(1, 30, parameter);

        Assert.Equal("JournalInputMismatch", run.End.Id);
        Assert.Contains("has 30 rows that were sent, and none of this input's first rows (20 checked) is among them", run.End.Message, StringComparison.Ordinal);
        Assert.Contains(difference, run.End.Message, StringComparison.Ordinal);
        Assert.Empty(run.Output);
        Assert.Equal(30, _runs.Sent);
    }

    [Fact]
    public void Force_adds_other_rows()
    {
        _runs.Rows(1, 3);

        Assert.Equal([4, 5, 6], JournalRun.Numbers(_runs.Rows(4, 6, "-Force")));
        Assert.Equal(6, _runs.Sent);
    }

    [Fact]
    public void One_row_that_is_known_is_enough()
    {
        _runs.Rows(1, 1);

        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], JournalRun.Numbers(_runs.Run($"({TaskHub.Rows(2, 10)}), ({TaskHub.Rows(1, 1)}) | ForEach-Object {{ $_ }}")));
    }

    [Fact]
    public void A_journal_of_refused_rows_only_lets_all_pass()
    {
        using TaskHub hub = new() { Answer = static number => number == 1 ? CannedResponse.Message("no", 400) : null };
        using JournalRun runs = new(hub);
        runs.Rows(1, 1);

        Assert.Equal([2, 3], JournalRun.Numbers(runs.Rows(2, 3)));
    }

    [Fact]
    public void The_entry_knows_how_the_execution_ended_and_Rerun_executes_it_again()
    {
        bool fails = true;
        using TaskHub hub = new() { Status = number => fails && number == 2 ? CannedResponse.Json($$$"""{"executionId":"{{{TaskHub.Id(2)}}}","clearTextSolution":{"output":{}},"status":"Error"}""") : null };
        using JournalRun runs = new(hub);
        runs.Rows(1, 3);
        Assert.Equal(["Success", "Error", "Success"], runs.Ok("Get-TruebitJournal $journal | Sort-Object Row").Values<string>("Status"));
        fails = false;

        Assert.Equal([1, 2, 3], JournalRun.Numbers(runs.Rows(1, 3)));
        Assert.Equal(3, runs.Sent);
        EngineRun run = runs.Rows(1, 3, "-Rerun Error");

        Assert.Equal(["Success", "Success", "Success"], run.Values<string>("Status"));
        Assert.Equal(4, runs.Sent);
        Assert.Equal(["Success", "Success", "Success"], runs.Ok("Get-TruebitJournal $journal").Values<string>("Status"));
    }

    [Fact]
    public void Errors_know_their_row_and_settle_it_whatever_its_number_is_now()
    {
        bool losesAnswers = true;
        using TaskHub hub = new() { Answer = number => losesAnswers && number is 3 or 5 ? CannedResponse.Close : null };
        using JournalRun runs = new(hub);
        runs.Rows(1, 6);
        losesAnswers = false;
        Engine engine = runs.NewEngine();

        EngineRun run = engine.Run($"$all = @({TaskHub.Rows(11, 12)}) + @({TaskHub.Rows(1, 6)}); $all | Invoke-TruebitTask -Journal $journal -ErrorVariable failed");

        Assert.Equal(["Row 5", "Row 7"], run.Errors.Select(static error => error.Exception.Message[..5]));
        Assert.Equal(["5 Unknown", "7 Unknown"], engine.Ok("Get-TruebitJournal $journal | Where-Object IsUnknown | Sort-Object Row | ForEach-Object { \"$($_.Row) $($_.State)\" }").Output.Select(static line => line.ToString()));
        engine.Ok("$failed[0] | Resolve-TruebitJournal -NotExecuted");
        Assert.Equal(["5 Refused", "7 Unknown"], engine.Ok("Get-TruebitJournal $journal | Where-Object Row -In 5, 7 | Sort-Object Row | ForEach-Object { \"$($_.Row) $($_.State)\" }").Output.Select(static line => line.ToString()));
    }

    [Fact]
    public void A_mended_row_takes_the_place_of_the_refused_one()
    {
        using TaskHub hub = new() { Answer = static number => number == 2 ? CannedResponse.Message("no", 400) : null };
        using JournalRun runs = new(hub);
        runs.Rows(1, 3);
        Assert.Equal(["1 Finished", "2 Refused", "3 Finished"], runs.States());

        runs.Run($"({TaskHub.Rows(1, 1)}), ({TaskHub.Rows(22, 22)}), ({TaskHub.Rows(3, 3)}) | ForEach-Object {{ $_ }}");

        Assert.Equal(["1 Finished", "2 Finished", "3 Finished"], runs.States());
    }

    [Fact]
    public void What_was_settled_by_hand_can_be_settled_again_and_an_id_of_another_row_cannot_be_given()
    {
        using TaskHub hub = new() { Answer = static number => number == 2 ? CannedResponse.Close : null };
        using JournalRun runs = new(hub);
        runs.Rows(1, 3);
        Engine engine = runs.NewEngine();
        engine.Ok("$row = Get-TruebitJournal $journal | Where-Object IsUnknown; $row | Resolve-TruebitJournal -ExecutionId typo");

        Assert.Equal("ExecutionIdInUse", engine.Run($"$row | Resolve-TruebitJournal -ExecutionId {TaskHub.Id(1)}").OnlyError.Id);
        engine.Ok("$row | Resolve-TruebitJournal -NotExecuted");
        Assert.Equal(["1 Finished", "2 Refused", "3 Finished"], runs.States());
        Assert.Equal("RowNotUnknown", engine.Run("Get-TruebitJournal $journal -State Finished | Select-Object -First 1 | Resolve-TruebitJournal -NotExecuted -Force").OnlyError.Id);
    }

    [Fact]
    public void An_accepted_id_that_the_hub_has_forgotten_is_settled_with_Force()
    {
        using TaskHub hub = new() { IsFinished = static _ => false };
        using JournalRun runs = new(hub);
        runs.Rows(1, 1, "-Async");
        Engine engine = runs.NewEngine();
        Assert.Contains("add -Force", engine.Run("Get-TruebitJournal $journal | Resolve-TruebitJournal -NotExecuted").OnlyError.Message, StringComparison.Ordinal);

        engine.Ok("Get-TruebitJournal $journal | Resolve-TruebitJournal -NotExecuted -Force");

        Assert.Equal(["1 Refused"], runs.States());
    }

    [Fact]
    public void Journals_of_two_runs_over_one_input_are_merged_and_known_by_both_names()
    {
        bool refuses = true;
        using TaskHub hub = new() { Answer = number => refuses && number == 2 ? CannedResponse.Message("no", 400) : null };
        using JournalRun runs = new(hub);
        runs.Rows(1, 3);
        refuses = false;
        Engine engine = runs.NewEngine();
        engine.Ok($"@({TaskHub.Rows(1, 3)})[1] | ForEach-Object {{ $null; $_ }} | Out-Null; $second = \"$journal.2\"");
        engine.Run($"({TaskHub.Rows(22, 22)}), ({TaskHub.Rows(2, 2)}) | ForEach-Object {{ $_ }} | Invoke-TruebitTask -Journal $second");
        engine.Ok("Merge-TruebitJournal \"$journal*\" -Destination \"$journal.all\"");

        int before = runs.Sent;
        EngineRun run = engine.Run($"{TaskHub.Rows(1, 3)} | Invoke-TruebitTask -Journal \"$journal.all\"");

        Assert.Equal([1, 2, 3], JournalRun.Numbers(run));
        Assert.Equal(before, runs.Sent);
    }

    [Fact]
    public void Lost_lines_make_new_rows_unknown_until_somebody_knows_better()
    {
        _runs.Rows(1, 3);
        string[] lines = File.ReadAllLines(_runs.Path);
        File.WriteAllLines(_runs.Path, lines.Where(static (_, at) => at != 1));
        _runs.Ok("Repair-TruebitJournal $journal");

        EngineRun run = _runs.Rows(1, 4);

        Assert.Contains("The journal was repaired and has lost lines.", run.OnlyError.Message, StringComparison.Ordinal);
        Assert.Equal(3, _runs.Sent);
        Assert.Equal([1, 2, 3, 4], JournalRun.Numbers(_runs.Rows(1, 4, "-OnUnknown Resubmit")));
    }

    [Theory]
    [InlineData("Set-Location Env:; Invoke-TruebitTask -Namespace n -TaskName t -Method GET -Path /1 -Journal nightly.journal", "NotAFilePath")]
    [InlineData("Set-Location Env:; Get-TruebitJournal nightly.journal", "NotAFilePath")]
    [InlineData("Invoke-TruebitTask -Namespace n -TaskName t -Method GET -Path /1 -Journal Env:nightly", "NotAFilePath")]
    public void A_location_that_is_no_folder_is_refused(string script, string id)
    {
        EngineRun run = _runs.NewEngine().Run(script);

        Assert.Equal(id, run.Ended is null ? run.OnlyError.Id : run.End.Id);
        Assert.Equal(0, _runs.Sent);
    }

    [Fact]
    public void A_checkpoint_gets_a_path_that_no_command_takes_for_a_pattern()
    {
        Engine engine = _runs.NewEngine();
        engine.Ok("$odd = \"$journal[1].journal\"; $store = \"$journal.store\"");
        engine.Ok($"{TaskHub.Rows(1, 2)} | Invoke-TruebitTask -Journal $odd -Checkpoint {{ Copy-Item $_ $store }}");

        Assert.Equal(2, engine.Ok("Get-TruebitJournal $store").Output.Count);
        Assert.Equal(2, engine.Ok("Get-TruebitJournal $odd").Output.Count);
    }
}
