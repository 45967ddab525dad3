using System.Text;
using Truebit.Module.Tests.Hosting;
using Truebit.Module.Tests.Hubs;
using Truebit.TestHub;

namespace Truebit.Module.Tests.Journals;

/// <summary>A journal of many rows: what a row takes of the disk, and that reading it takes no memory.</summary>
public sealed class JournalSizeTests : IDisposable
{
    private const int MaxBytes = 500;

    private readonly TaskHub _hub;
    private readonly JournalRun _runs;
    private bool _isSync;

    public JournalSizeTests()
    {
        _hub = new TaskHub { Answer = number => _isSync ? Ended(number) : null, Status = Ended };
        _runs = new JournalRun(_hub);
    }

    public void Dispose()
    {
        _runs.Dispose();
        _hub.Dispose();
    }

    [Theory]
    [InlineData(true, 2)]
    [InlineData(false, 3)]
    public void A_finished_row_takes_at_most_500_bytes_beside_its_answer(bool isSync, int lines)
    {
        _isSync = isSync;

        EngineRun run = _runs.Rows(1, 20, $"-Sync:${isSync}");

        string[] written = [.. File.ReadLines(_runs.Path).Skip(1)];
        int answers = run.Values<string>("RawJson").Sum(static answer => Encoding.UTF8.GetByteCount(answer!));
        Assert.Equal(20 * lines, written.Length);
        Assert.InRange((written.Sum(static line => line.Length + 1) - answers) / 20, 1, MaxBytes);
        Assert.Equal(Enumerable.Range(1, 20).Select(static row => $"{row} Finished"), _runs.States());
    }

    [Fact]
    public void Entries_come_while_the_file_is_read()
    {
        _isSync = true;
        _runs.Rows(1, 300, "-Sync");

        // What is not read by then is gone.
        EngineRun run = _runs.NewEngine().Run("Get-TruebitJournal $journal | ForEach-Object { [System.IO.File]::WriteAllText($journal, ''); $_ }");

        Assert.Equal("JournalDamaged", run.OnlyError.Id);
        Assert.InRange(run.Output.Count, 1, 299);
    }

    /// <summary>In one line, as hubs write it.</summary>
    private static CannedResponse Ended(int number) => CannedResponse.Json(
        $$"""{"executionId":"{{TaskHub.Id(number)}}","clearTextSolution":{"output":{{number}},"status":"succeed"},"status":"Success"}""");
}
