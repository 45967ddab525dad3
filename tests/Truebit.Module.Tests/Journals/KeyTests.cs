using Truebit.Module.Tests.Hosting;
using Truebit.Module.Tests.Hubs;
using Truebit.TestHub;

namespace Truebit.Module.Tests.Journals;

/// <summary>Rows that are recognised by a column of the user's.</summary>
public sealed class KeyTests : IDisposable
{
    private readonly TaskHub _hub = new();
    private readonly JournalRun _runs;

    public KeyTests() => _runs = new JournalRun(_hub);

    public void Dispose()
    {
        _runs.Dispose();
        _hub.Dispose();
    }

    [Fact]
    public void A_row_is_known_by_its_key_wherever_it_stands()
    {
        Run(Row(1, "'a'"), Row(2, "'b'"));

        EngineRun again = Run(Row(3, "'c'"), Row(2, "'b'"), Row(1, "'a'"));

        Assert.Equal([1, 2, 3], JournalRun.Numbers(again));
        Assert.Equal(3, _runs.Sent);
        Assert.Equal(["a", "b", "c"], _runs.Ok("Get-TruebitJournal $journal").Values<string>("Key").Order());
    }

    [Fact]
    public void A_number_is_a_key_as_well()
    {
        Run(Row(1, "17"));

        Assert.Single(Run(Row(1, "'17'")).Output);
        Assert.Equal(1, _runs.Sent);
    }

    [Theory]
    [InlineData("$null")]
    [InlineData("''")]
    public void A_row_without_a_key_is_an_error_and_the_others_go_on(string key)
    {
        EngineRun run = Run(Row(1, "'a'"), Row(2, key), Row(3, "'c'"));

        Assert.Equal(("InvalidInput", "Row 2: Key: this row has no value in 'Order', the column named by -Key."), run.OnlyError);
        Assert.Equal([1, 3], JournalRun.Numbers(run));
        Assert.Equal(2, _runs.Sent);
    }

    [Fact]
    public void Another_task_with_the_same_keys_is_another_input()
    {
        Run(Row(1, "'a'"), Row(2, "'b'"));

        EngineRun other = Run(Row(1, "'a'").Replace("'t'", "'other'"), Row(3, "'c'").Replace("'t'", "'other'"));

        Assert.Equal("JournalInputMismatch", other.End.Id);
        Assert.Equal(2, _runs.Sent);
    }

    [Fact]
    public void A_column_that_is_not_there_ends_the_command()
    {
        EngineRun run = _runs.Rows(1, 2, "-Key Misspelt");

        Assert.Empty(run.Errors);
        Assert.Equal(("InvalidInput", "There is no column 'Misspelt'. The columns are: Namespace, TaskName, Method, Path. Nothing was sent."), run.End);
        Assert.Equal(0, _runs.Sent);
    }

    [Fact]
    public void A_key_that_comes_twice_is_sent_once()
    {
        EngineRun run = Run(Row(1, "'a'"), Row(2, "'a'"));

        Assert.Equal(("InvalidInput", "Row 2: Order: row 1 already uses the key 'a'; give each row a key of its own."), run.OnlyError);
        Assert.Equal(1, _runs.Sent);
    }

    [Fact]
    public void A_changed_request_needs_a_new_key()
    {
        Run(Row(1, "'a'"));

        EngineRun run = Run(Row(2, "'a'"), Row(3, "'b'"));

        Assert.Equal(("InvalidInput", "Row 1: Key: the journal has a different request under the key 'a'; give the changed row a new key, or use another journal."), run.OnlyError);
        Assert.Equal([3], JournalRun.Numbers(run));
        Assert.Equal(2, _runs.Sent);
    }

    [Fact]
    public void A_row_that_was_refused_may_be_mended_under_its_key()
    {
        using TaskHub hub = new() { Answer = static number => number == 1 ? CannedResponse.Message("no", 400) : null };
        using JournalRun runs = new(hub);
        Assert.Equal(["InvalidRequest"], runs.Run(Row(1, "'a'"), "-Key Order").ErrorIds);

        Assert.Equal([2], JournalRun.Numbers(runs.Run(Row(2, "'a'"), "-Key Order")));
    }

    [Fact]
    public void A_rotated_token_is_no_change_of_the_request()
    {
        _runs.Run(Row(1, "'a'"), "-Key Order -Headers @{ Authorization = 'Bearer one' }");

        Assert.Single(_runs.Run(Row(1, "'a'"), "-Key Order -Headers @{ Authorization = 'Bearer two' }").Output);
        Assert.Equal(1, _runs.Sent);
    }

    [Theory]
    [InlineData("-Key Order", "", "by the column 'Order' but this run by their requests", "Use -Key Order")]
    [InlineData("-Key Order", "-Key Path", "by the column 'Order' but this run by the column 'Path'", "Use -Key Order")]
    [InlineData("", "-Key Order", "by their requests but this run by the column 'Order'", "Leave out -Key")]
    public void A_journal_of_rows_that_were_known_otherwise_is_refused(string first, string then, string says, string advice)
    {
        _runs.Run(Row(1, "'a'"), first);

        (string id, string message) = _runs.Run(Row(1, "'a'"), then).End;

        Assert.Equal("JournalKeyMismatch", id);
        Assert.Contains(says, message, StringComparison.Ordinal);
        Assert.Contains(advice, message, StringComparison.Ordinal);
        Assert.Equal(1, _runs.Sent);
    }

    [Fact]
    public void The_case_of_a_column_s_name_plays_no_part()
    {
        Run(Row(1, "'a'"));

        Assert.Single(_runs.Run(Row(1, "'a'"), "-Key oRDER").Output);
        Assert.Equal(1, _runs.Sent);
    }

    [Fact]
    public void A_key_alone_is_refused()
    {
        EngineRun run = _runs.NewEngine().Run($"{TaskHub.Rows(1, 1)} | Invoke-TruebitTask -Key Path");

        Assert.Equal(("InvalidInput", "-Key can only be used with -Journal, -Shard or -IdempotencyHeader."), run.End);
        Assert.Equal(0, _runs.Sent);
    }

    private static string Row(int number, string key) => $"@{{ Namespace = 'n'; TaskName = 't'; Method = 'GET'; Path = '/{number}'; Order = {key} }}";

    private EngineRun Run(params string[] rows) => _runs.Run(string.Join(", ", rows), "-Key Order");
}
