using Truebit.Module.Tests.Hosting;
using Truebit.Module.Tests.Hubs;
using Truebit.TestHub;

namespace Truebit.Module.Tests.Journals;

/// <summary>A header for the target by which it can tell that it has seen a row before.</summary>
public sealed class IdempotencyHeaderTests : IDisposable
{
    private const string Header = "-IdempotencyHeader Idempotency-Key";

    private readonly TaskHub _hub = new();
    private readonly JournalRun _runs;

    public IdempotencyHeaderTests() => _runs = new JournalRun(_hub);

    public void Dispose()
    {
        _runs.Dispose();
        _hub.Dispose();
    }

    [Fact]
    public void It_is_the_same_on_every_run_and_another_for_every_row()
    {
        string row = TaskHub.Rows(1, 1);
        string[] first = Sent($"& {{ {row}; {row}; {TaskHub.Rows(2, 2)} }}", Header);
        string[] again = Sent($"& {{ {TaskHub.Rows(2, 2)}; {row}; {row} }}", Header);

        Assert.Equal(3, first.Distinct().Count());
        Assert.All(first, static value => Assert.True(Guid.TryParse(value, out _), value));
        Assert.Equal(first, again);
    }

    [Fact]
    public void It_is_the_same_with_a_journal_and_when_a_row_is_sent_once_more()
    {
        using TaskHub hub = new() { Answer = static _ => CannedResponse.Close };
        using JournalRun runs = new(hub);
        runs.Rows(1, 1, Header);
        runs.Rows(1, 1, $"{Header} -OnUnknown Resubmit");

        Assert.Equal(2, runs.Sent);
        Assert.Equal(Sent(TaskHub.Rows(1, 1), Header), hub.Server.Submissions.Select(Value).Distinct());
    }

    [Fact]
    public void With_a_key_it_is_the_keys()
    {
        string Row(int number, string order) => $"@{{ Namespace = 'n'; TaskName = 't'; Method = 'GET'; Path = '/{number}'; Order = '{order}' }}";

        string[] first = Sent(Row(1, "a"), $"{Header} -Key Order");

        Assert.Equal(first, Sent(Row(2, "a"), $"{Header} -Key Order"));
        Assert.NotEqual(first, Sent(Row(1, "b"), $"{Header} -Key Order"));
    }

    [Theory]
    [InlineData("-IdempotencyHeader X-Mine -Headers @{ 'x-mine' = 'taken' }", "Headers: 'X-Mine' is given twice.")]
    [InlineData("-IdempotencyHeader 'X Mine'", "Headers: 'X Mine' is not a header name")]
    public void A_header_that_cannot_be_sent_is_an_error_of_the_row(string parameters, string message)
    {
        EngineRun run = _runs.Rows(1, 1, parameters);

        Assert.Equal("InvalidInput", run.OnlyError.Id);
        Assert.StartsWith($"Row 1: {message}", run.OnlyError.Message);
        Assert.Equal(0, _runs.Sent);
    }

    private static string Value(HubRequest call) => call.Input.GetProperty("headers").GetProperty("Idempotency-Key").GetString()!;

    /// <summary>The headers of a run without a journal, in order.</summary>
    private string[] Sent(string rows, string parameters)
    {
        int before = _runs.Sent;
        _runs.Ok($"{rows} | Invoke-TruebitTask {parameters}");
        return [.. _hub.Server.Submissions.Skip(before).Select(Value).Order(StringComparer.Ordinal)];
    }
}
