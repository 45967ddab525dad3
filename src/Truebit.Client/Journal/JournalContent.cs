namespace Truebit.Client;

/// <summary>What a journal said when it was read: whose it is, and the last word on each row.</summary>
public sealed class JournalContent
{
    private readonly JournalEntries _entries;

    internal JournalContent(string path, JournalHeader? header, JournalIndex index)
    {
        Path = path;
        Hub = header?.Hub;
        Shard = header?.Shard;
        _entries = new JournalEntries(path, index);
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The hub that executed its rows; null in a file that no run has written to yet.</summary>
    public JournalHub? Hub { get; }

    /// <summary>The part of the rows that it is of, i/N; null where it is of all.</summary>
    public string? Shard { get; }

    /// <summary>Whether a run is writing it now.</summary>
    public bool IsInUse => JournalClaim.IsTaken(Path);

    /// <summary>The last word on each row, in the order in which the rows were first sent; read from the file as they are taken.</summary>
    /// <exception cref="JournalException">The file was changed meanwhile, or cannot be read.</exception>
    public IReadOnlyCollection<JournalEntry> Entries => _entries;

    /// <summary>The last word on each row in one of these states; null for all.</summary>
    /// <exception cref="JournalException">The file was changed meanwhile, or cannot be read.</exception>
    public IEnumerable<JournalEntry> EntriesIn(IReadOnlyCollection<JournalState>? states) => _entries.Where(row => states?.Contains(row.State) ?? true);

    /// <inheritdoc cref="EntriesIn"/>
    /// <summary>The last word on each row in one of these states, null for all, and the hub's last answer to it where it is finished.</summary>
    public IEnumerable<(JournalEntry Entry, HubExecution? Execution)> ReadRows(IReadOnlyCollection<JournalState>? states) =>
        _entries.ReadRows(row => states?.Contains(row.State) ?? true);

    /// <summary>The hub's last answers to the finished rows, one at a time.</summary>
    /// <exception cref="JournalException">The file was changed meanwhile, or cannot be read.</exception>
    public IEnumerable<(JournalEntry Entry, HubExecution Execution)> ReadExecutions() => _entries.ReadExecutions();
}
