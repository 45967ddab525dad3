using System.Globalization;

namespace Truebit.Client.Tests.Journals;

/// <summary>What stands in a journal's lines, and what is made of them again.</summary>
public sealed class JournalLineTests : IDisposable
{
    private static readonly JournalHub Hub = JournalHub.Create(new Uri("https://hub.test/"));

    private readonly string _path = Path.Combine(Path.GetTempPath(), $"truebit-{Guid.NewGuid():N}.journal");

    [Theory]
    [InlineData("""{"executionId":"a","n":1.10,"text":"ü \n \\ \" {}"}""")]
    [InlineData("{\n  \"executionId\": \"a\"\r\n}")]
    [InlineData("{\"executionId\":\"a\"} ")]
    [InlineData("{\"executionId\":")]
    [InlineData("{\"a\":1}\",\"check\":\"00000000-00000000\"}")]
    [InlineData("\uFEFF{}")]
    [InlineData("true")]
    [InlineData("")]
    public void AnAnswerIsKeptLetterForLetter(string answer)
    {
        string id = Write(journal =>
        {
            string row = Append(journal, "a", JournalState.Sending);
            journal.Append(new JournalEntry { RowId = row, State = JournalState.Finished, ExecutionId = "a", Answer = answer });
            Append(journal, "b", JournalState.Sending);
            return row;
        });

        Assert.Equal(4, File.ReadAllLines(_path).Length);
        using Journal again = Journal.Open(_path, Hub);
        Assert.Equal(answer, again.ReadAnswer(again.Find(id)!));
        Assert.Equal(2, again.Entries.Count);
    }

    [Fact]
    public void NoLineRepeatsWhatAnEarlierOneOfItsRowTells()
    {
        string id = Write(journal =>
        {
            string row = journal.RowId(RowIdentity.OfKey("k"));
            journal.Append(new JournalEntry { RowId = row, State = JournalState.Sending, Row = 7, Task = "ns/task", Label = "v1", Key = "k", Request = "r", Kind = TaskKind.Function });
            journal.Append(new JournalEntry { RowId = row, State = JournalState.Accepted, ExecutionId = "e" });
            journal.Append(new JournalEntry { RowId = row, State = JournalState.Finished, Status = ExecutionStatus.Error, Answer = "{}" });
            return row;
        });

        string[] lines = File.ReadAllLines(_path);
        Assert.All(lines[2..], static line => Assert.DoesNotContain("ns/task", line));
        using Journal again = Journal.Open(_path, Hub);
        JournalEntry entry = again.Find(id)!;
        Assert.Equal(
            (7, "ns/task", "v1", "k", "r", TaskKind.Function, "e", ExecutionStatus.Error),
            (entry.Row, entry.Task, entry.Label, entry.Key, entry.Request, entry.Kind, entry.ExecutionId, entry.Status));
        Assert.Contains($"\"at\":\"{entry.SubmittedAt!.Value.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture)}", lines[1]);
        Assert.InRange(entry.At, entry.SubmittedAt.Value, DateTime.UtcNow);
    }

    [Fact]
    public void ACandidateIsForgottenOnlyWhenTheRowIsKnown()
    {
        string id = Write(journal =>
        {
            string row = Append(journal, "a", JournalState.Sending);
            journal.Append(new JournalEntry { RowId = row, State = JournalState.Unknown, CandidateId = "c" });
            return Append(journal, "a", JournalState.Sending);
        });
        Assert.Equal("c", Find(id).CandidateId);

        Write(journal => Append(journal, "a", JournalState.Refused));
        Assert.Null(Find(id).CandidateId);
    }

    [Fact]
    public void AnIdOfAnEarlierTryIsNotThatOfTheNext()
    {
        string id = Write(journal =>
        {
            string row = Append(journal, "a", JournalState.Sending);
            journal.Append(new JournalEntry { RowId = row, State = JournalState.Finished, ExecutionId = "first", Status = ExecutionStatus.Error, Answer = "{}" });
            return Append(journal, "a", JournalState.Sending);
        });

        Assert.Equal((JournalState.Sending, null, null), (Find(id).State, Find(id).ExecutionId, Find(id).Status));
        using Journal journal = Journal.Open(_path, Hub);
        Assert.Equal(2, journal.Submissions);
    }

    [Fact]
    public void ManyRowsAreFoundInAnyOrder()
    {
        const int Rows = 40_000;
        string[] ids = new string[Rows];
        Write(journal =>
        {
            for (int row = 0; row < Rows; row++)
            {
                ids[row] = journal.RowId(RowIdentity.OfKey($"{row}"));
                journal.Append(new JournalEntry { RowId = ids[row], State = JournalState.Sending, Row = row, Key = $"{row}" });

                // The rows end in another order than they were sent in, and some answers are longer than what is read at a time.
                int ended = row - (row % 100) + 99 - (row % 100);
                if (row % 100 >= 50)
                {
                    journal.Append(Ended(ids[ended], ended));
                    journal.Append(Ended(ids[row], row));
                }
            }

            return "";
        });

        using Journal journal = Journal.Open(_path, Hub);
        Assert.Equal(Enumerable.Range(0, Rows), journal.Entries.Select(static entry => entry.Row!.Value));
        Assert.Equal(Rows, journal.Submissions);
        Assert.All(journal.ReadExecutions(), static row => Assert.Equal($"e{row.Entry.Row}", row.Execution.Id));
        for (int row = Rows - 1; row >= 0; row -= 997)
        {
            JournalEntry entry = journal.Find(ids[row])!;
            Assert.Equal((row, $"e{row}"), (entry.Row, entry.ExecutionId));
            Assert.Equal(Answer(row), journal.ReadAnswer(entry));
        }

        static JournalEntry Ended(string id, int row) =>
            new() { RowId = id, State = JournalState.Finished, ExecutionId = $"e{row}", Status = ExecutionStatus.Success, Answer = Answer(row) };

        static string Answer(int row) => $"{{\"executionId\":\"e{row}\",\"status\":\"Success\",\"text\":\"{new string('x', row % 9_970 == 0 ? 1_000_000 : 1)}\"}}";
    }

    [Theory]
    [InlineData("{\"truebitJournal\":2,\"hub\":{\"address\":\"https://hub.test\",\"isLocal\":false},\"hashKeys\":[[\"00\"]],\"prev\":\"00000000\",\"check\":\"12345678\"}\n", 2)]
    [InlineData("{\"truebitJournal\":4}\n", 4)]
    public void AnotherFormatIsNamedAndLeftAlone(string text, int format)
    {
        File.WriteAllText(_path, text);

        JournalException error = Assert.Throws<JournalException>(() => Journal.Open(_path, Hub));

        Assert.Contains($"says format {format}, and this version of the module reads format 3.", error.Message);
        Assert.Equal(text, File.ReadAllText(_path));
    }

    [Fact]
    public void RepairFindsALostIdInTheAnswer()
    {
        string id = Write(journal =>
        {
            string row = Append(journal, "a", JournalState.Sending);
            journal.Append(new JournalEntry { RowId = row, State = JournalState.Accepted, ExecutionId = "e" });
            journal.Append(new JournalEntry { RowId = row, State = JournalState.Finished, Status = ExecutionStatus.Success, Answer = "{\"executionId\":\"e\",\"status\":\"Success\"}" });
            return row;
        });
        string[] lines = File.ReadAllLines(_path);
        File.WriteAllLines(_path, lines.Where(static (_, at) => at != 2));

        JournalRepair.Run(_path);

        Assert.Equal((JournalState.Finished, "e"), (Find(id).State, Find(id).ExecutionId));
        File.Delete(_path + ".damaged");
    }

    public void Dispose() => File.Delete(_path);

    private static string Append(Journal journal, string key, JournalState state)
    {
        string row = journal.RowId(RowIdentity.OfKey(key));
        journal.Append(new JournalEntry { RowId = row, State = state });
        return row;
    }

    private string Write(Func<Journal, string> write)
    {
        using Journal journal = Journal.Open(_path, Hub);
        return write(journal);
    }

    private JournalEntry Find(string id)
    {
        using Journal journal = Journal.Open(_path, Hub);
        return journal.Find(id)!;
    }
}
