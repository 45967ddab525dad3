namespace Truebit.Client;

/// <summary>
/// What makes a run restartable: a file of JSON lines, only ever appended to, by one writer at a time. A line is handed to the
/// operating system before the request that it tells of leaves, so a killed process loses nothing. Any thread may write.
/// </summary>
public sealed partial class Journal : IDisposable
{
    private readonly object _lock = new();
    private readonly FileStream _claim;
    private readonly JournalHeader _header;
    private readonly RowHashes _hashes;
    private readonly JournalIndex _earlier;
    private readonly JournalEntries _entries;
    private readonly JournalEntryReader _reader;
    private readonly JournalWriter _writer;
    private readonly long _end;
    private readonly bool _lacksLineFeed;
    private FileStream? _file;
    private long _length;
    private bool _isClosed;

    private Journal(string path, FileStream claim, JournalReader earlier, JournalHeader? newHeader)
    {
        Path = path;
        _claim = claim;
        _header = earlier.Header ?? newHeader ?? throw NotFound(path);
        _hashes = new RowHashes(_header);
        _earlier = earlier.Index;
        _entries = new JournalEntries(path, earlier.Index);
        _reader = new JournalEntryReader(path);
        _writer = new JournalWriter(earlier.LastCheck);
        Ids = earlier.Ids;
        Submissions = earlier.Accepted + earlier.Index.Rows.Count(static row => row.IsUnknown);
        _end = earlier.End;
        _lacksLineFeed = earlier.LacksLineFeed;
    }

    /// <summary>Its first line.</summary>
    internal JournalHeader Header => _header;

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The hub that it is of.</summary>
    public JournalHub Hub => _header.Hub;

    /// <summary>Whether it is a part of a journal that was split: then it knows rows of other shards, too.</summary>
    public bool IsPart => _header.Split is not null;

    /// <summary>What earlier runs have written of all rows; read from the file as they are taken.</summary>
    public IReadOnlyCollection<JournalEntry> Entries => _entries;

    /// <summary>The ids of all executions of earlier runs.</summary>
    internal ExecutionIdSet Ids { get; }

    /// <summary>How many executions earlier runs have, or may have, submitted: those with an id, and rows that are unknown.</summary>
    public int Submissions { get; }

    /// <summary>Whether lines were lost when it was repaired: a row that it does not know may have been sent.</summary>
    public bool HasLostLines => _header.LostLines > 0;

    /// <summary>The first failure to write. After it, nothing more is sent.</summary>
    public JournalException? Failure { get; private set; }

    /// <summary>How long the file is, in bytes.</summary>
    public long Length
    {
        get
        {
            lock (_lock)
            {
                return _file is null ? _end : _length;
            }
        }
    }

    /// <summary>
    /// Opens the journal of a run over all rows, or over a part of them, to go on with it, or to begin one. The file is created, or
    /// changed, by the first line that is written.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="hub">The hub that executes the rows.</param>
    /// <param name="shard">The part of the rows; null for all.</param>
    /// <param name="key">The column by which rows are recognised; null where that is their requests.</param>
    /// <exception cref="JournalException">
    /// It is of another hub, of other rows, or of rows that were recognised otherwise, another run writes it, it is damaged, or it cannot be opened.
    /// </exception>
    public static Journal Open(string path, JournalHub hub, Shard? shard = null, string? key = null)
    {
        JournalHeader wanted = JournalHeader.Create(hub, shard, key);
        Journal journal = OpenAny(path, wanted);
        if (journal._header.FindMismatch(path, wanted) is not JournalException mismatch)
        {
            return journal;
        }

        journal.Dispose();
        throw mismatch;
    }

    /// <summary>Opens a journal that must be there, whatever rows it is of.</summary>
    /// <exception cref="JournalException">Another run writes it, it is damaged, or it cannot be opened.</exception>
    public static Journal OpenExisting(string path) => File.Exists(path) ? OpenAny(path, null) : throw NotFound(path);

    private static Journal OpenAny(string path, JournalHeader? newHeader)
    {
        FileStream? claim = null;
        try
        {
            claim = JournalClaim.Take(path);
            return new Journal(path, claim, File.Exists(path) ? JournalReader.Read(path) : new JournalReader(path), newHeader);
        }
        catch (Exception e)
        {
            claim?.Dispose();
            throw e as JournalException ?? new JournalException("JournalFailed", $"The journal '{path}' cannot be opened: {e.Message}", e);
        }
    }

    /// <summary>The last word on each row, in the order in which the rows were first sent. A run may be writing meanwhile.</summary>
    /// <param name="path">The file.</param>
    /// <param name="isEnough">Ends the reading early, with what was read until then.</param>
    /// <exception cref="JournalException">It is not there, is damaged, or cannot be opened.</exception>
    public static IReadOnlyCollection<JournalEntry> Read(string path, Func<bool>? isEnough = null) => ReadWhole(path, isEnough).Entries;

    /// <inheritdoc cref="Read"/>
    /// <summary>All that a journal says. A run may be writing meanwhile.</summary>
    public static JournalContent ReadWhole(string path, Func<bool>? isEnough = null)
    {
        try
        {
            JournalReader reader = JournalReader.Read(path, isEnough);
            return new JournalContent(path, reader.Header, reader.Index);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw NotFound(path);
        }
        catch (Exception e) when (e is not JournalException)
        {
            throw new JournalException("JournalFailed", $"The journal '{path}' cannot be read: {e.Message}", e);
        }
    }

    /// <summary>The name of a row in this journal.</summary>
    public string RowId(RowIdentity row)
    {
        // Not the lock of the file: who takes rows does not wait for those who write lines.
        lock (_hashes)
        {
            string first = _hashes.Name(0, row);
            for (int number = 1; number < _hashes.Count && !Knows(first); number++)
            {
                if (_hashes.Name(number, row) is string other && Knows(other))
                {
                    return other;
                }
            }

            return first;
        }
    }

    /// <summary>The name of a row's request in this journal.</summary>
    public string RequestId(RowIdentity row, TaskRequest request) => RequestIds(row, request).First();

    /// <summary>Whether a line was written for this request.</summary>
    public bool IsOfRequest(JournalEntry entry, RowIdentity row, TaskRequest request) => RequestIds(row, request).Contains(entry.Request);

    /// <summary>Whether earlier runs have written of a row.</summary>
    public bool Knows(string rowId) => RowKey.TryParse(rowId, out RowKey key) && _earlier.Find(key).Exists;

    /// <summary>What earlier runs have written of a row; null where it is new.</summary>
    /// <exception cref="JournalException">The file was changed meanwhile, or cannot be read.</exception>
    public JournalEntry? Find(string rowId)
    {
        lock (_reader)
        {
            return RowKey.TryParse(rowId, out RowKey key) && _earlier.Find(key) is { Exists: true } row ? _reader.Read(row) : null;
        }
    }

    /// <summary>How many rows earlier runs have left in this state.</summary>
    public int Count(JournalState state) => _earlier.Rows.Count(row => row.State == state);

    /// <summary>What earlier runs have written of the rows that they left in this state.</summary>
    /// <exception cref="JournalException">The file was changed meanwhile, or cannot be read.</exception>
    public IEnumerable<JournalEntry> EntriesIn(JournalState state) => _entries.Where(row => row.State == state);

    /// <summary>Another row of an earlier run that has this execution; null where none has it.</summary>
    /// <exception cref="JournalException">The file was changed meanwhile, or cannot be read.</exception>
    public JournalEntry? FindExecution(string id, string otherThan) =>
        Ids.Contains(ExecutionIdSet.Hash(id)) ? _entries.FirstOrDefault(entry => ExecutionIdText.AreSame(entry.ExecutionId, id) && entry.RowId != otherThan) : null;

    /// <summary>What earlier runs have written of the rows that finished last, the latest first.</summary>
    /// <exception cref="JournalException">The file was changed meanwhile, or cannot be read.</exception>
    public IEnumerable<JournalEntry> LastFinished(int count)
    {
        lock (_reader)
        {
            return [.. _earlier.Rows.Where(static row => row.State == JournalState.Finished).OrderByDescending(static row => row.Last).Take(count).Select(_reader.Read)];
        }
    }

    /// <summary>The hub's last answer to a finished row.</summary>
    /// <exception cref="JournalException">The file was changed meanwhile, or cannot be read.</exception>
    public string ReadAnswer(JournalEntry entry)
    {
        lock (_reader)
        {
            return _reader.ReadAnswer(entry);
        }
    }

    /// <summary>The hub's last answer to a finished row.</summary>
    /// <exception cref="JournalException">The file was changed meanwhile, or cannot be read.</exception>
    public HubExecution ReadExecution(JournalEntry entry)
    {
        lock (_reader)
        {
            return _reader.ReadExecution(entry);
        }
    }

    /// <inheritdoc cref="JournalContent.ReadExecutions"/>
    public IEnumerable<(JournalEntry Entry, HubExecution Execution)> ReadExecutions() => _entries.ReadExecutions();

    /// <summary>All entries with their answers, to write them elsewhere.</summary>
    internal IEnumerable<JournalEntry> WholeEntries() =>
        _entries.Select(entry => entry.AnswerAt is null ? entry : entry with { Answer = ReadAnswer(entry) });

    /// <summary>Appends a line and hands it to the operating system.</summary>
    /// <exception cref="JournalException">It cannot be written, now or before: then nothing may be sent any more.</exception>
    public void Append(JournalEntry entry) => WriteLine(entry);

    /// <summary>Writes the first line of a new file: a shard without rows has a journal, too.</summary>
    /// <exception cref="JournalException">It cannot be written.</exception>
    public void Create() => WriteLine(null);

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            _isClosed = true;
            _file?.Dispose();
            lock (_reader)
            {
                _reader.Dispose();
            }

            DeleteCopy();
            _claim.Dispose();
        }

        lock (_hashes)
        {
            _hashes.Dispose();
        }
    }

    private static JournalException NotFound(string path) => new("JournalNotFound", $"There is no journal '{path}'.");

    private string[] RequestIds(RowIdentity row, TaskRequest request)
    {
        RowIdentity identity = RowIdentity.OfRequest(request);
        lock (_hashes)
        {
            return [.. Enumerable.Range(0, _hashes.Count).Select(number => _hashes.Name(number, row, identity))];
        }
    }

    /// <summary>
    /// The open file is not its name: another may have been put in its place, by a log rotation, or another run may write to it by
    /// another name. Then the next run would not find what this one writes.
    /// </summary>
    private void CheckIsStillThere()
    {
        FileInfo file = new(Path);
        if (!file.Exists || file.Length != _length)
        {
            throw new IOException(file.Exists ? "something else has written to it or cut it" : "it was deleted or moved");
        }
    }

    /// <summary>Writes a line, or only begins the file, unless that has failed before.</summary>
    private void WriteLine(JournalEntry? entry)
    {
        lock (_lock)
        {
            if (Failure is not null)
            {
                throw Failure;
            }

            try
            {
                FileStream file = _file ??= Begin();
                if (entry?.State == JournalState.Sending)
                {
                    CheckIsStillThere();
                }

                if (entry is not null)
                {
                    Write(file, _writer.Write(entry));
                }
            }
            catch (Exception e)
            {
                // Mostly IOException, but not always (a file that is too large); what could not be written down must not be sent.
                Failure = new JournalException("JournalFailed", $"The journal '{Path}' cannot be written: {e.Message}", e);
                throw Failure;
            }
        }
    }

    /// <summary>Begins the file, or goes on where its last whole line ends.</summary>
    private FileStream Begin()
    {
        if (_isClosed)
        {
            throw new ObjectDisposedException(nameof(Journal));
        }

        FileStream file = _end == 0 && !File.Exists(Path) ? PrivateFile.Create(Path, FileShare.ReadWrite) : new FileStream(Path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, 1);
        file.SetLength(_end);
        file.Seek(0, SeekOrigin.End);
        _length = _end;
        if (_end == 0)
        {
            Write(file, _writer.Write(_header));
        }
        else if (_lacksLineFeed)
        {
            file.WriteByte((byte)'\n');
            _length++;
        }

        return file;
    }

    private void Write(FileStream file, ArraySegment<byte> line)
    {
        file.Write(line.Array!, line.Offset, line.Count);
        file.Flush();
        _length += line.Count;
    }
}
