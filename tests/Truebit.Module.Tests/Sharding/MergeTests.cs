using Truebit.Module.Tests.Hosting;
using Truebit.TestHub;

namespace Truebit.Module.Tests.Sharding;

/// <summary>Journals of shards: what they are for, what they refuse, and the one journal that is made of them.</summary>
public sealed class MergeTests : IDisposable
{
    private const string Three = "\"$folder/1.journal\", \"$folder/2.journal\", \"$folder/3.journal\"";

    private readonly Wire _wire = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("truebit-shards-");

    public MergeTests()
    {
        _wire.Engine["folder"] = _folder.FullName;
        _wire.Engine.Ok($$"""
            function Start-Run($rows, $more) {
                $rows | ForEach-Object { @{ Path = "/$_"; Order = "A-$_" } } | Invoke-TruebitTask {{Wire.Task}} -Method GET @more
            }
            """);
    }

    public void Dispose()
    {
        _wire.Dispose();
        _folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Key = 'Order'")]
    public void A_run_with_the_merged_journal_sends_nothing_and_writes_all_results(string key)
    {
        Assert.Equal(30, RunShards(key).Count);
        _wire.Engine.Ok("\"$folder/3.journal\", \"$folder/1.journal\", \"$folder/2.journal\" | Merge-TruebitJournal -Destination \"$folder/all.journal\"");

        Assert.Empty(_wire.SendAll($"Start-Run (1..30) @{{ Journal = \"$folder/all.journal\"; {key} }}"));

        Assert.Equal(30, _wire.Last.Output.Count);
        Assert.Equal(Enumerable.Range(1, 30), _wire.Engine.Ok("Get-TruebitJournal \"$folder/all.journal\"").Values<int>("Row"));
        Assert.Single(_wire.SendAll($"Start-Run (1..31) @{{ Journal = \"$folder/all.journal\"; {key} }}"));
    }

    [Fact]
    public void A_key_that_stands_for_another_request_is_still_noticed_after_merging()
    {
        RunShards("Key = 'Order'");
        _wire.Engine.Ok($"Merge-TruebitJournal {Three} \"$folder/all.journal\"");

        (string id, string message) = _wire.Refuse($$"""
            @{ Path = '/changed'; Order = 'A-7' } | Invoke-TruebitTask {{Wire.Task}} -Method GET -Key Order -Journal "$folder/all.journal"
            """);

        Assert.Equal("InvalidInput", id);
        Assert.Contains("the journal has a different request under the key 'A-7'", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Shard = '1/4'", "covers shard 1/3 but this run covers shard 1/4")]
    [InlineData("Shard = '2/3'", "covers shard 1/3 but this run covers shard 2/3")]
    [InlineData("", "covers shard 1/3 but this run covers all rows")]
    public void A_shards_journal_is_for_that_shard_only(string shard, string says)
    {
        RunShards("");

        (string id, string message) = _wire.Refuse($"Start-Run (1..30) @{{ Journal = \"$folder/1.journal\"; {shard} }}");

        Assert.Equal("JournalShardMismatch", id);
        Assert.Contains(says, message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1", "2")]
    [InlineData("1", "2", "copy-of-2")]
    [InlineData("1", "2", "3", "copy-of-2")]
    public void Merging_other_than_all_shards_is_refused(params string[] journals)
    {
        RunShards("");
        File.Copy(Path.Combine(_folder.FullName, "2.journal"), Path.Combine(_folder.FullName, "copy-of-2.journal"));

        string paths = string.Join(", ", journals.Select(static name => $"\"$folder/{name}.journal\""));

        Assert.Equal("ShardsMissing", _wire.Refuse($"Merge-TruebitJournal {paths} \"$folder/all.journal\"").Id);
        Assert.Empty(_folder.GetFiles("all.journal*"));
    }

    [Theory]
    [InlineData("\"$folder/none.journal\"", "JournalNotFound")]
    [InlineData("\"$folder/1.journal\", \"$folder/all-rows.journal\", \"$folder/3.journal\"", "JournalNotSharded")]
    public void What_is_no_shards_journal_is_not_merged(string path, string id)
    {
        RunShards("");
        _wire.Engine.Ok("Start-Run 1 @{ Journal = \"$folder/all-rows.journal\" }");

        Assert.Equal(id, _wire.Refuse($"Merge-TruebitJournal {path} \"$folder/all.journal\"").Id);
        Assert.Empty(_folder.GetFiles("none.journal"));
    }

    [Fact]
    public void Shards_of_rows_that_were_known_otherwise_are_not_merged()
    {
        RunShards("Key = 'Order'");
        _wire.Engine.Ok("[System.IO.File]::Delete(\"$folder/2.journal\"); Start-Run (1..30) @{ Journal = \"$folder/2.journal\"; Shard = '2/3' }");

        Assert.Equal("JournalKeyMismatch", _wire.Refuse($"Merge-TruebitJournal {Three} \"$folder/all.journal\"").Id);
        Assert.Empty(_folder.GetFiles("all.journal*"));
    }

    [Fact]
    public void A_folder_that_is_not_there_is_an_error_of_the_journal()
    {
        RunShards("");

        Assert.Equal("JournalFailed", _wire.Refuse($"Merge-TruebitJournal {Three} \"$folder/none/all.journal\"").Id);
    }

    [Fact]
    public void A_file_is_never_merged_over()
    {
        RunShards("");
        string all = Path.Combine(_folder.FullName, "all.journal");
        File.WriteAllText(all, "mine");

        Assert.Equal("JournalFailed", _wire.Refuse($"Merge-TruebitJournal {Three} \"$folder/all.journal\"").Id);

        Assert.Equal("mine", File.ReadAllText(all));
        Assert.Empty(_folder.GetFiles("*.merging"));
    }

    [Fact]
    public void WhatIf_merges_nothing()
    {
        RunShards("");

        _wire.Engine.Ok($"Merge-TruebitJournal {Three} \"$folder/all.journal\" -WhatIf");

        Assert.Empty(_folder.GetFiles("all.journal"));
    }

    private IReadOnlyList<HubRequest> RunShards(string key) =>
        _wire.SendAll($"1..3 | ForEach-Object {{ Start-Run (1..30) @{{ Journal = \"$folder/$_.journal\"; Shard = \"$_/3\"; {key} }} }}");
}
