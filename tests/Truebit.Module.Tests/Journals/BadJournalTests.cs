using System.Management.Automation;
using Truebit.Module.Tests.Hosting;
using Truebit.Module.Tests.Hubs;

namespace Truebit.Module.Tests.Journals;

/// <summary>Journals that cannot be read or written. Nothing is sent that could not be written down.</summary>
public sealed class BadJournalTests(ITestOutputHelper output) : IDisposable
{
    private readonly TaskHub _hub = new();

    public void Dispose() => _hub.Dispose();

    [Theory]
    [InlineData(400, 16)]
    [InlineData(1, 1)] // Its answer is what finds no room.
    public async Task A_disk_that_is_full_ends_the_run_and_the_next_one_pays_for_nothing_twice(int rows, int limit)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no limit of a file's size to stand in for a full disk.");
        output.WriteLine(await Rehearsal.FullDiskAsync(rows, limit, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_journal_that_cannot_be_created_ends_the_command_before_anything_is_sent()
    {
        using JournalRun runs = new(_hub);

        EngineRun missing = runs.NewEngine().Run($"{TaskHub.Rows(1, 3)} | Invoke-TruebitTask -Journal $journal/missing/run.journal");
        EngineRun folder = runs.NewEngine().Run($"{TaskHub.Rows(1, 3)} | Invoke-TruebitTask -Journal ([System.IO.Path]::GetDirectoryName($journal))");

        Assert.All([missing, folder], static run =>
        {
            Assert.Equal("JournalFailed", run.End.Id);
            Assert.Equal(ErrorCategory.ResourceUnavailable, run.Ended!.CategoryInfo.Category);
        });
        Assert.Equal(0, runs.Sent);
    }

    [Fact]
    public void A_damaged_line_is_named_and_nothing_is_sent()
    {
        using JournalRun runs = new(_hub);
        runs.Rows(1, 2);
        string[] lines = File.ReadAllLines(runs.Path);
        lines[2] = lines[2].Replace("\"at\":\"2", "\"at\":\"3", StringComparison.Ordinal);
        File.WriteAllLines(runs.Path, lines);

        EngineRun run = runs.Rows(1, 3);

        Assert.Equal(("JournalDamaged", $"'{runs.Path}' is damaged in line 3: the line does not fit its checksum. Repair-TruebitJournal saves what fits. No row was sent."), run.End);
        Assert.Equal(ErrorCategory.InvalidData, run.Ended!.CategoryInfo.Category);
        Assert.Equal(2, runs.Sent);
        Assert.Equal(lines, File.ReadAllLines(runs.Path));
    }

    [Fact]
    public void Reading_goes_on_with_the_next_journal()
    {
        using JournalRun runs = new(_hub);
        runs.Rows(1, 1);
        Engine engine = runs.NewEngine();

        EngineRun run = engine.Run("Get-TruebitJournal \"$journal.missing\", $manifest, $journal/missing/run.journal, $journal");

        Assert.Equal(["JournalNotFound", "JournalDamaged", "JournalNotFound"], run.ErrorIds);
        Assert.Equal(
            [ErrorCategory.ObjectNotFound, ErrorCategory.InvalidData, ErrorCategory.ObjectNotFound],
            run.Errors.Select(static error => error.CategoryInfo.Category));
        Assert.Equal($"There is no journal '{runs.Path}.missing'.", run.Errors[0].Exception.Message);
        Assert.Equal("Finished", run.Value<string>("State"));
    }

    [Fact]
    public void A_torn_last_line_is_dropped_and_its_row_dealt_with_by_the_line_before()
    {
        using JournalRun runs = new(_hub);
        runs.Rows(1, 1);
        byte[] whole = File.ReadAllBytes(runs.Path);
        File.WriteAllBytes(runs.Path, whole[..^5]);

        EngineRun run = runs.Rows(1, 2);

        Assert.Equal([1, 2], JournalRun.Numbers(run));
        Assert.Equal(2, runs.Sent);
        Assert.Equal(["1 Finished", "2 Finished"], runs.States());
    }
}
