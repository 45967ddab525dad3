using System.Text;

namespace Truebit.Client.Tests.Journals;

public sealed class JournalFileTests : IDisposable
{
    private static readonly JournalHub Hub = JournalHub.Create(new Uri("https://hub.test/"));

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

        using Journal again = Journal.Open(_path, Hub);
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

        using Journal again = Journal.Open(_path, Hub);
        Assert.Equal(answer, again.ReadAnswer(again.Find(id)!));
    }

    [Fact]
    public void ARowThatWasSentAndNeverAnsweredIsUnknown()
    {
        string id = Write(journal => Sent(journal, "a"));
        using Journal again = Journal.Open(_path, Hub);
        Assert.True(again.Find(id)!.IsUnknown);
    }

    [Fact]
    public void ALineIsOnDiskBeforeAppendReturns()
    {
        using Journal journal = Journal.Open(_path, Hub);
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
        for (int length = before.Length; length < whole.Length - 1; length++)
        {
            File.WriteAllBytes(_path, whole[..length]);
            using (Journal journal = Journal.Open(_path, Hub))
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
            JournalException error = Assert.Throws<JournalException>(() => Journal.Open(_path, Hub).Dispose());
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
        Assert.Equal("JournalDamaged", Assert.Throws<JournalException>(() => Journal.Open(_path, Hub)).ErrorId);
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
        using (Journal journal = Journal.Open(_path, Hub))
        {
            Sent(journal, "a");
            Assert.Equal("JournalInUse", Assert.Throws<JournalException>(() => Journal.Open(_path, Hub)).ErrorId);
            Assert.Single(Read());
            Sent(journal, "b");
        }

        Write(journal => Sent(journal, "c"));
        Assert.Equal(3, Read().Count);
    }

    [Fact]
    public void WhatIsNotWrittenToIsLeftAsItIs()
    {
        Journal.Open(_path, Hub).Dispose();
        Assert.False(File.Exists(_path));

        Write(journal => Sent(journal, "a"));
        File.AppendAllText(_path, "torn");
        byte[] before = File.ReadAllBytes(_path);
        Journal.Open(_path, Hub).Dispose();
        Assert.Equal(before, File.ReadAllBytes(_path));
    }

    [Fact]
    public void AFolderThatIsNotThereIsAClearError()
    {
        string path = Path.Combine(_path, "missing", "run.journal");
        JournalException error = Assert.Throws<JournalException>(() => Journal.Open(path, Hub));
        Assert.Equal("JournalFailed", error.ErrorId);
        Assert.Contains(path, error.Message);
        Assert.Equal("JournalNotFound", Assert.Throws<JournalException>(() => Journal.Read(path)).ErrorId);
    }

    [Fact]
    public async Task ManyWorkersWriteWholeLines()
    {
        using (Journal journal = Journal.Open(_path, Hub))
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
        Journal journal = Journal.Open(_path, Hub);
        journal.Dispose();
        Assert.Equal("JournalFailed", Assert.Throws<JournalException>(() => journal.Append(Entry("id", JournalState.Sending))).ErrorId);
        Assert.NotNull(journal.Failure);
    }

    [Fact]
    public void ALastLineThatOnlyLacksItsLineFeedIsWhole()
    {
        string id = Write(journal => Sent(journal, "a"));
        byte[] whole = File.ReadAllBytes(_path);
        File.WriteAllBytes(_path, whole[..^1]);

        using (Journal journal = Journal.Open(_path, Hub))
        {
            Assert.True(journal.Find(id)!.IsUnknown);
            Sent(journal, "b");
        }

        Assert.Equal(2, Read().Count);
    }

    [Fact]
    public void ALineThatWasTakenOutOrPutInIsFound()
    {
        Write(journal => Sent(journal, "one") + Sent(journal, "two") + Sent(journal, "three"));
        string[] lines = File.ReadAllLines(_path);
        string[][] changed =
        [
            [lines[0], lines[2], lines[3]],
            [lines[0], lines[1], lines[3]],
            [lines[0], lines[1], lines[2], lines[2], lines[3]],
            [lines[0], lines[2], lines[1], lines[3]],
        ];
        foreach (string[] text in changed)
        {
            File.WriteAllText(_path, string.Join("\n", text) + "\n");
            JournalException error = Assert.Throws<JournalException>(() => Journal.Open(_path, Hub));
            Assert.Equal("JournalDamaged", error.ErrorId);
            Assert.Contains("a line was taken out, or one was put in", error.Message);
        }
    }

    [Theory]
    [InlineData("https://hub.test/", null)]
    [InlineData("https://hub.test:443/other/path", null)]
    [InlineData("https://other.test/", "belongs to https://hub.test, but this run uses https://other.test")]
    [InlineData("http://127.0.0.1:1/", "belongs to https://hub.test, but this run uses http://127.0.0.1:1 (sandbox)")]
    public void AJournalBelongsToOneHub(string endpoint, string? message)
    {
        Write(journal => Sent(journal, "a"));
        JournalException? error = (JournalException?)Record.Exception(() => Journal.Open(_path, JournalHub.Create(new Uri(endpoint))).Dispose());

        Assert.Equal(message is null ? null : "JournalHubMismatch", error?.ErrorId);
        Assert.Contains(message ?? "", error?.Message ?? "");
    }

    [Fact]
    public void AHubMayMoveAndASandboxNot()
    {
        string id = Write(journal => Sent(journal, "a"));
        JournalMove.Run(_path, new Uri("https://new.test/"));
        using (Journal moved = Journal.Open(_path, JournalHub.Create(new Uri("https://new.test/"))))
        {
            Assert.NotNull(moved.Find(id));
        }

        Assert.Equal("JournalHubMismatch", Assert.Throws<JournalException>(() => JournalMove.Run(_path, new Uri("http://127.0.0.1:1/"))).ErrorId);
    }

    [Theory]
    [InlineData("deleted")]
    [InlineData("moved")]
    [InlineData("cut")]
    [InlineData("written to")]
    public void AFileThatIsNotTheSameAnyMoreEndsTheRun(string what)
    {
        using Journal journal = Journal.Open(_path, Hub);
        Sent(journal, "a");
        switch (what)
        {
            case "deleted":
                File.Delete(_path);
                break;
            case "moved":
                File.Move(_path, _path + ".1");
                break;
            case "cut":
                using (FileStream file = new(_path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
                {
                    file.SetLength(0);
                }

                break;
            default:
                File.AppendAllText(_path, "x");
                break;
        }

        JournalException error = Assert.Throws<JournalException>(() => Sent(journal, "b"));
        Assert.Equal("JournalFailed", error.ErrorId);
        Assert.Contains(what is "deleted" or "moved" ? "it was deleted or moved" : "something else has written to it or cut it", error.Message);
        File.Delete(_path + ".1");
    }

    [Fact]
    public void ALinkIsAnotherNameOfTheSameJournal()
    {
        Write(journal => Sent(journal, "a"));
        string link = _path + ".link";
        File.CreateSymbolicLink(link, _path);
        using Journal journal = Journal.Open(_path, Hub);

        Assert.Equal("JournalInUse", Assert.Throws<JournalException>(() => Journal.Open(link, Hub)).ErrorId);
        File.Delete(link);
    }

    [Fact]
    public void AFolderIsNoJournal() =>
        Assert.Contains("is a folder", Assert.Throws<JournalException>(() => Journal.Open(Path.GetTempPath(), Hub)).Message);

    [Fact]
    public void RepairKeepsWhatFitsAndCallsTheRestUnknown()
    {
        string[] ids = ["", "", ""];
        Write(journal =>
        {
            for (int row = 0; row < ids.Length; row++)
            {
                ids[row] = Sent(journal, $"{row}");
                journal.Append(Entry(ids[row], JournalState.Accepted) with { ExecutionId = $"e{row}" });
            }

            journal.Append(Entry(ids[2], JournalState.Finished) with { ExecutionId = "e2", Answer = "{}", Status = ExecutionStatus.Success });
            return "";
        });
        string[] lines = File.ReadAllLines(_path);
        lines[4] = lines[4].Replace("\"executionId\":\"e1\"", "\"executionId\":\"eX\"");
        lines[5] = lines[5].Replace("sending", "sendinG");
        File.WriteAllText(_path, string.Join("\n", lines) + "\n");

        JournalRepair repair = JournalRepair.Run(_path);

        Assert.Equal(new JournalRepair(KeptLines: 5, UnknownRows: 1, LostLines: 0), repair);
        using (Journal journal = Journal.Open(_path, Hub))
        {
            Assert.Equal(
                [JournalState.Accepted, JournalState.Unknown, JournalState.Finished], ids.Select(id => journal.Find(id)!.State));
            Assert.Equal("{}", journal.ReadAnswer(journal.Find(ids[2])!));
            Assert.False(journal.HasLostLines);
        }

        Assert.True(File.Exists(_path + ".damaged"));
        File.Delete(_path + ".damaged");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ALineThatNamesNoRowMayHaveBeenAboutAnyRow(bool isCutOut)
    {
        Write(journal => Sent(journal, "one") + Sent(journal, "two"));
        string[] lines = File.ReadAllLines(_path);
        File.WriteAllText(_path, isCutOut ? $"{lines[0]}\n{lines[2]}\n" : $"{lines[0]}\n{new string('\0', 40)}\n{lines[2]}\n");

        Assert.Equal(1, JournalRepair.Run(_path).LostLines);
        using Journal journal = Journal.Open(_path, Hub);
        Assert.True(journal.HasLostLines);
        File.Delete(_path + ".damaged");
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
        using Journal journal = Journal.Open(_path, Hub);
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
