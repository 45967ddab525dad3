using System.Text;

namespace Truebit.Client.Tests.Journals;

public sealed class JournalFileTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"truebit-{Guid.NewGuid():N}.journal");

    [Fact]
    public void TheLastWordOnARowIsFoundAgain()
    {
        string first = Write(journal =>
        {
            string id = journal.RowId(RowIdentity.OfKey("order-1"));
            journal.Append(Entry(id, JournalState.Sending) with { Row = 7, Task = "ns/task", Key = "order-1" });
            journal.Append(Entry(id, JournalState.Accepted) with { ExecutionId = "abc", Kind = TaskKind.Function });
            return id;
        });

        using Journal again = Journal.Open(_path);
        JournalEntry found = again.Find(first)!;
        Assert.Equal(first, again.RowId(RowIdentity.OfKey("order-1")));
        Assert.Equal((JournalState.Accepted, "abc", TaskKind.Function, 7, "order-1"), (found.State, found.ExecutionId, found.Kind, found.Row, found.Key));
        Assert.Null(again.Find(again.RowId(RowIdentity.OfKey("order-2"))));
    }

    [Fact]
    public void AnAnswerIsReadBackToTheLastDigit()
    {
        string answer = "{\"executionId\":\"abc\",\"clearTextSolution\":{\"output\":{\"price\":1.10,\"text\":\"ü \\n \\u0007\"}}}";
        string id = Write(journal =>
        {
            string row = journal.RowId(RowIdentity.OfKey("a"));
            journal.Append(Entry(journal.RowId(RowIdentity.OfKey("b")), JournalState.Sending));
            journal.Append(Entry(row, JournalState.Finished) with { ExecutionId = "abc", Answer = answer });
            journal.Append(Entry(journal.RowId(RowIdentity.OfKey("c")), JournalState.Sending));
            return row;
        });

        using Journal again = Journal.Open(_path);
        Assert.Equal(answer, again.ReadAnswer(again.Find(id)!));
    }

    [Fact]
    public void ARowThatWasSentAndNeverAnsweredIsUnknown()
    {
        string id = Write(journal => Sent(journal, "a"));
        using Journal again = Journal.Open(_path);
        Assert.True(again.Find(id)!.IsUnknown);
    }

    [Fact]
    public void ALineIsOnDiskBeforeAppendReturns()
    {
        using Journal journal = Journal.Open(_path);
        string id = Sent(journal, "a");
        Assert.Contains(id, ReadShared());
    }

    [Fact]
    public void ATornLastLineIsToleratedAtEveryLength()
    {
        string kept = Write(journal => Sent(journal, "kept"));
        byte[] before = File.ReadAllBytes(_path);
        Write(journal => Sent(journal, "torn"));
        byte[] whole = File.ReadAllBytes(_path);
        for (int length = before.Length; length < whole.Length; length++)
        {
            File.WriteAllBytes(_path, whole[..length]);
            using (Journal journal = Journal.Open(_path))
            {
                Assert.NotNull(journal.Find(kept));
                Assert.Null(journal.Find(journal.RowId(RowIdentity.OfKey("torn"))));
                Sent(journal, "next");
            }

            Assert.Equal(2, Read().Count);
        }
    }

    [Fact]
    public void AnyOtherDamageIsAnErrorThatNamesTheLine()
    {
        Write(journal => Sent(journal, "one") + Sent(journal, "two") + Sent(journal, "three"));
        byte[] whole = File.ReadAllBytes(_path);
        int[] ends = [.. Enumerable.Range(0, whole.Length).Where(at => whole[at] == '\n')];
        for (int at = 0; at < whole.Length; at += 3)
        {
            if (whole[at] == '\n')
            {
                continue;
            }

            byte[] damaged = [.. whole];
            damaged[at] ^= 0x01;
            File.WriteAllBytes(_path, damaged);
            JournalException error = Assert.Throws<JournalException>(() => Journal.Open(_path).Dispose());
            Assert.Equal("JournalDamaged", error.ErrorId);
            int line = ends.Count(end => end < at) + 1;
            Assert.Contains(line == 1 ? "first line" : $"line {line}:", error.Message);
        }
    }

    [Theory]
    [InlineData("Namespace,TaskName\nsandbox,echo\n")]
    [InlineData("one line without an end")]
    [InlineData("{\"json\":1}")]
    [InlineData("\n")]
    public void AFileThatIsNoJournalIsLeftAlone(string text)
    {
        File.WriteAllText(_path, text);
        Assert.Equal("JournalDamaged", Assert.Throws<JournalException>(() => Journal.Open(_path)).ErrorId);
        Assert.Equal(text, File.ReadAllText(_path));
    }

    [Fact]
    public void ATornFirstLineIsBegunAnew()
    {
        Write(journal => Sent(journal, "a"));
        byte[] whole = File.ReadAllBytes(_path);
        byte[] header = whole[..(Array.IndexOf(whole, (byte)'\n') + 1)];
        for (int length = 0; length < header.Length; length++)
        {
            File.WriteAllBytes(_path, header[..length]);
            Write(journal => Sent(journal, "a"));
            Assert.Single(Read());
        }
    }

    [Fact]
    public void ASecondWriterIsRefusedAtOnceAndAReaderIsNot()
    {
        using (Journal journal = Journal.Open(_path))
        {
            Sent(journal, "a");
            Assert.Equal("JournalInUse", Assert.Throws<JournalException>(() => Journal.Open(_path)).ErrorId);
            Assert.Single(Read());
            Sent(journal, "b");
        }

        Write(journal => Sent(journal, "c"));
        Assert.Equal(3, Read().Count);
    }

    [Fact]
    public void WhatIsNotWrittenToIsLeftAsItIs()
    {
        Journal.Open(_path).Dispose();
        Assert.False(File.Exists(_path));

        Write(journal => Sent(journal, "a"));
        File.AppendAllText(_path, "torn");
        byte[] before = File.ReadAllBytes(_path);
        Journal.Open(_path).Dispose();
        Assert.Equal(before, File.ReadAllBytes(_path));
    }

    [Fact]
    public void AFolderThatIsNotThereIsAClearError()
    {
        string path = Path.Combine(_path, "missing", "run.journal");
        JournalException error = Assert.Throws<JournalException>(() => Journal.Open(path));
        Assert.Equal("JournalFailed", error.ErrorId);
        Assert.Contains(path, error.Message);
        Assert.Equal("JournalNotFound", Assert.Throws<JournalException>(() => Journal.Read(path)).ErrorId);
    }

    [Fact]
    public async Task ManyWorkersWriteWholeLines()
    {
        using (Journal journal = Journal.Open(_path))
        {
            await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => Task.Run(() =>
            {
                for (int row = 0; row < 200; row++)
                {
                    Sent(journal, $"{worker}-{row}");
                }
            })));
        }

        Assert.Equal(1600, Read().Count);
    }

    [Fact]
    public void AfterAFailureNothingIsWrittenAnyMore()
    {
        Journal journal = Journal.Open(_path);
        journal.Dispose();
        Assert.Equal("JournalFailed", Assert.Throws<JournalException>(() => journal.Append(Entry("id", JournalState.Sending))).ErrorId);
        Assert.NotNull(journal.Failure);
    }

    public void Dispose() => File.Delete(_path);

    private static JournalEntry Entry(string rowId, JournalState state) => new() { RowId = rowId, State = state };

    private static string Sent(Journal journal, string key)
    {
        string id;
        lock (journal)
        {
            id = journal.RowId(RowIdentity.OfKey(key));
        }

        journal.Append(Entry(id, JournalState.Sending) with { Key = key });
        return id;
    }

    private string Write(Func<Journal, string> write)
    {
        using Journal journal = Journal.Open(_path);
        return write(journal);
    }

    private IReadOnlyCollection<JournalEntry> Read() => Journal.Read(_path);

    private string ReadShared()
    {
        using FileStream file = new(_path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using StreamReader reader = new(file, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
