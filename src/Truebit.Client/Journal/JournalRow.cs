namespace Truebit.Client;

/// <summary>What memory keeps of a row of a journal: who it is, how far it has come, and where its lines stand. 40 bytes.</summary>
internal struct JournalRow(RowKey key)
{
    private const long None = -1;
    private const int StatusShift = 4;
    private const int PlaceShift = 8;

    /// <summary>The place of the last line, above 4 bits of the status (0 for none) and 4 of the state.</summary>
    private long _last;

    /// <summary>Its name.</summary>
    public RowKey Key { get; } = key;

    /// <summary>Where the line stands that tells its task, key and number.</summary>
    public long Head { get; set; } = None;

    /// <summary>Where the line with its execution id, or of an unknown row with the candidate, stands, if it has one.</summary>
    public long Id { get; set; } = None;

    /// <summary>Whether a line of it has an id that still counts.</summary>
    public readonly bool HasId => Id != None;

    /// <summary>Where its last line stands.</summary>
    public readonly long Last => _last >> PlaceShift;

    /// <summary>How far it has come.</summary>
    public readonly JournalState State => (JournalState)(_last & 0xF);

    /// <summary>How it ended; null until then.</summary>
    public readonly ExecutionStatus? Status => ((_last >> StatusShift) & 0xF) is long status and > 0 ? (ExecutionStatus)(status - 1) : null;

    /// <summary>Whether it has lines: not where it was replaced, or only looked for.</summary>
    public readonly bool Exists => Head != None;

    /// <summary>Whether it is, or may be, on the hub already, and nobody knows.</summary>
    public readonly bool IsUnknown => State is JournalState.Unknown or JournalState.Sending;

    /// <summary>Takes its next line in.</summary>
    public void Add(in JournalLine line, long place)
    {
        bool hadId = Exists && HasId && (line.State == JournalState.Finished
            ? State is JournalState.Accepted or JournalState.Finished
            : line.IsUnknown && IsUnknown);
        Head = line.State == JournalState.Sending || line.HasTask || !Exists ? place : Head;
        Id = line.HasId ? place : hadId ? Id : None;
        _last = (place << PlaceShift) | (((long?)line.Status + 1 ?? 0) << StatusShift) | (long)line.State;
    }

    /// <summary>Forgets it.</summary>
    public void Remove() => Head = None;
}
