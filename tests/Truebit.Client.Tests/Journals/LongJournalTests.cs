namespace Truebit.Client.Tests.Journals;

/// <summary>Journals that are read in many blocks, ahead of whoever takes their lines.</summary>
public sealed class LongJournalTests : IDisposable
{
    private const int Rows = 8_000;

    private static readonly JournalHub Hub = JournalHub.Create(new Uri("https://hub.test/"));

    private readonly string _path = Path.Combine(Path.GetTempPath(), $"truebit-{Guid.NewGuid():N}.journal");

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void AllLinesAreFoundAgainAndSoIsALineThatIsLongerThanABlock()
    {
        string[] answers = [.. Enumerable.Range(0, Rows).Select(static row => $$"""{"executionId":"e{{row}}","n":"{{new string('x', row == 77 ? 3_000_000 : 100)}}"}""")];
        string[] ids = Write(answers);

        using Journal journal = Journal.Open(_path, Hub);

        Assert.Equal(Rows, journal.Entries.Count);
        Assert.All([0, 76, 77, 78, Rows - 1], row => Assert.Equal(answers[row], journal.ReadAnswer(journal.Find(ids[row])!)));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(1_500)]
    [InlineData(Rows + 1)]
    public void ADamagedLineIsNamedWhereverItIs(int line)
    {
        Write();
        string[] lines = File.ReadAllLines(_path);
        lines[line - 1] = lines[line - 1].Replace("\"at\":\"2", "\"at\":\"3", StringComparison.Ordinal);
        File.WriteAllText(_path, string.Join("\n", lines) + "\n");

        JournalException error = Assert.Throws<JournalException>(() => Journal.Open(_path, Hub).Dispose());

        Assert.Equal("JournalDamaged", error.ErrorId);
        Assert.Contains($"damaged in line {line}:", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3_000)]
    public void ReadingEndsEarly(int enough)
    {
        Write();
        int taken = 0;

        IReadOnlyCollection<JournalEntry> read = Journal.Read(_path, () => ++taken > enough);

        Assert.Equal(enough - 1, read.Count);
    }

    private string[] Write(string[]? answers = null)
    {
        using Journal journal = Journal.Open(_path, Hub);
        string[] ids = new string[Rows];
        for (int row = 0; row < Rows; row++)
        {
            ids[row] = journal.RowId(RowIdentity.OfKey($"{row}"));
            journal.Append(new JournalEntry { RowId = ids[row], State = JournalState.Finished, ExecutionId = $"e{row}", Status = ExecutionStatus.Success, Answer = answers?[row] ?? new string('y', 300) });
        }

        return ids;
    }
}
