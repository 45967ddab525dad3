using System.Text.RegularExpressions;
using Truebit.Module.Tests.Hosting;
using Truebit.Module.Tests.Hubs;
using Truebit.Module.Tests.Journals;
using Truebit.TestHub;

namespace Truebit.Module.Tests.Sharding;

/// <summary>A journal that goes on with another number of shards than it has.</summary>
public sealed class SplitTests : IDisposable
{
    private readonly TaskHub _hub;
    private readonly JournalRun _runs;
    private bool _refuses = true;

    public SplitTests()
    {
        _hub = new TaskHub { Answer = number => number == 3 && _refuses ? CannedResponse.Message("no", 400) : null };
        _runs = new JournalRun(_hub);
    }

    public void Dispose()
    {
        _runs.Dispose();
        _hub.Dispose();
    }

    [Theory]
    [InlineData("")]
    [InlineData("-Key Path")]
    public void The_shards_send_what_was_not_sent_and_the_merged_parts_know_all(string key)
    {
        _refuses = false;
        _runs.Rows(1, 40, $"{key} -MaxSubmissions 12");

        RunParts(3, 40, key);

        Assert.Equal(40, _runs.Sent);
        _runs.Ok("Merge-TruebitJournal $parts $all");
        EngineRun all = _runs.Run(TaskHub.Rows(1, 40), key, "$all");
        Assert.Equal(Enumerable.Range(1, 40), JournalRun.Numbers(all));
        Assert.Equal(40, _runs.Sent);
        Assert.Equal(Enumerable.Range(1, 40), _runs.Ok("Get-TruebitJournal $all").Values<int>("Row"));
    }

    [Theory]
    [InlineData("-Shard 1/2 -MaxSubmissions 6", "-Shard 2/2 -MaxSubmissions 6")]
    [InlineData("-MaxSubmissions 6", "-MaxSubmissions 12")]
    public void What_was_merged_goes_on_with_another_number_of_shards(string first, string second)
    {
        _refuses = false;
        _runs.Run(TaskHub.Rows(1, 40), first, "\"$folder/one.journal\"");
        _runs.Run(TaskHub.Rows(first.StartsWith("-Shard", StringComparison.Ordinal) ? 1 : 7, 40), second, "\"$folder/two.journal\"");

        _runs.Ok("Merge-TruebitJournal \"$folder/one.journal\", \"$folder/two.journal\" $journal");
        RunParts(3, 40);

        Assert.Equal(40, _runs.Sent);
        _runs.Ok("Merge-TruebitJournal $parts $all");
        Assert.Equal(40, _runs.Run(TaskHub.Rows(1, 40), "", "$all").Output.Count);
        Assert.Equal(40, _runs.Sent);
    }

    [Fact]
    public void A_part_knows_its_input_by_rows_of_other_shards()
    {
        _runs.Rows(1, 1);

        RunParts(3, 40, "-MaxSubmissions 0");

        // Row 1 is in one of the three shards; the rows of the others are new.
        Assert.Equal(1, _runs.Sent);
    }

    [Fact]
    public void A_part_is_refused_for_another_input()
    {
        _runs.Rows(1, 5);
        _runs.Ok("$null = Split-TruebitJournal $journal 2");

        EngineRun run = _runs.Run(TaskHub.Rows(101, 200), "-Shard 1/2", "$parts[0]");

        Assert.Equal("JournalInputMismatch", run.End.Id);
        Assert.Equal(5, _runs.Sent);
    }

    [Fact]
    public void What_a_shard_has_done_counts_whatever_its_clock_said()
    {
        _runs.Rows(1, 6);
        _runs.WriteLines(File.ReadAllLines(_runs.Path).Select(static line => Regex.Replace(line, "\"at\":\"20", "\"at\":\"21")));

        _refuses = false;
        RunParts(2, 6);

        Assert.Equal(7, _runs.Sent);
        _runs.Ok("Merge-TruebitJournal $parts[0..1] $all");
        Assert.Equal(6, _runs.Run(TaskHub.Rows(1, 6), "", "$all").Output.Count);
        Assert.Equal(7, _runs.Sent);
    }

    [Fact]
    public void Parts_are_files_beside_the_journal_and_the_journal_stays()
    {
        _runs.Rows(1, 2);
        byte[] before = File.ReadAllBytes(_runs.Path);

        EngineRun run = _runs.Ok("Get-Item $journal | Split-TruebitJournal -Count 2");

        Assert.Equal(["run.1.journal", "run.2.journal"], run.Values<string>("Name"));
        Assert.Equal(before, File.ReadAllBytes(_runs.Path));
        Assert.Equal([1, 2], _runs.Ok("Get-TruebitJournal $parts[1]").Values<int>("Row").Order());
    }

    [Fact]
    public void WhatIf_splits_nothing()
    {
        _runs.Rows(1, 2);

        _runs.Ok("Split-TruebitJournal $journal 2 -WhatIf");

        Assert.Single(_runs.Files);
    }

    [Theory]
    [InlineData("[System.IO.File]::WriteAllText($parts[1], 'mine'); Split-TruebitJournal $journal 2", "JournalFailed", "already exists")]
    [InlineData("Split-TruebitJournal \"$folder/none.journal\" 2", "JournalNotFound", "There is no journal")]
    [InlineData("$null = Split-TruebitJournal $journal 2; Split-TruebitJournal $parts[0] 2", "JournalShardMismatch", "covers shard 1/2 only. Merge")]
    public void What_cannot_be_split_is_left_as_it_is(string script, string id, string says)
    {
        _runs.Rows(1, 2);

        EngineRun run = _runs.NewEngine().Run(script);

        Assert.Equal(id, run.OnlyError.Id);
        Assert.Contains(says, run.OnlyError.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(_runs.Files, static name => name.EndsWith(".1.1.journal", StringComparison.Ordinal));
    }

    [Fact]
    public void Parts_of_two_splits_are_not_merged()
    {
        _runs.Rows(1, 2);

        EngineRun run = _runs.NewEngine().Run(
            """
            $null = Split-TruebitJournal $journal 2
            Move-Item $parts[1] "$folder/first"
            Remove-Item $parts[0]
            $null = Split-TruebitJournal $journal 2
            Merge-TruebitJournal $parts[0], "$folder/first" $all
            """);

        Assert.Equal("ShardsMissing", run.End.Id);
        Assert.Contains("are not of one split", run.End.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_journal_of_all_rows_names_the_way_to_shards()
    {
        _runs.Rows(1, 2);

        EngineRun run = _runs.Run(TaskHub.Rows(1, 2), "-Shard 1/2");

        Assert.Equal("JournalShardMismatch", run.End.Id);
        Assert.Contains("make a journal for each shard of it with Split-TruebitJournal", run.End.Message, StringComparison.Ordinal);
    }

    private void RunParts(int count, int rows, string parameters = "")
    {
        _runs.Ok($"$null = Split-TruebitJournal $journal {count}");
        for (int shard = 1; shard <= count; shard++)
        {
            EngineRun run = _runs.Run(TaskHub.Rows(1, rows), $"-Shard {shard}/{count} {parameters}", $"$parts[{shard - 1}]");
            Assert.Null(run.Ended);
            Assert.Empty(run.Errors);
        }
    }
}
