namespace Truebit.Client;

/// <summary>What memory keeps of a row of a journal beside its name: how far it has come, and where its lines stand. 24 bytes.</summary>
internal struct JournalRow
{
    private const int StatusShift = 4;
    private const int PlaceShift = 8;

    /// <summary>The place of the last line, above 4 bits of the status (0 for none) and 4 of the state.</summary>
    private long _last;

    /// <summary>Where the line stands that tells its task, key and number. The file's first line is none of a row.</summary>
    public long Head { get; private set; }

    /// <summary>Where the line with its execution id, or of an unknown row with the candidate, stands, if it has one.</summary>
    public long Id { get; private set; }

    /// <summary>Whether it has lines: not where it was replaced.</summary>
    public readonly bool Exists => Head > 0;

    /// <summary>Whether a line of it has an id that still counts.</summary>
    public readonly bool HasId => Id > 0;

    /// <summary>Where its last line stands.</summary>
    public readonly long Last => _last >> PlaceShift;

    /// <summary>How far it has come.</summary>
    public readonly JournalState State => (JournalState)(_last & 0xF);

    /// <summary>Whether it is, or may be, on the hub already, and nobody knows.</summary>
    public readonly bool IsUnknown => State is JournalState.Unknown or JournalState.Sending;

    /// <summary>How it ended; null until then.</summary>
    public readonly ExecutionStatus? Status => ((_last >> StatusShift) & 0xF) is long status and > 0 ? (ExecutionStatus)(status - 1) : null;

    /// <summary>Takes its next line in.</summary>
    public void Add(in JournalLine line, long place)
    {
        bool keepsId = Exists && (line.State == JournalState.Finished
            ? State is JournalState.Accepted or JournalState.Finished
            : line.IsUnknown && IsUnknown);
        Head = line.State == JournalState.Sending || line.HasTask || !Exists ? place : Head;
        Id = line.HasId ? place : keepsId ? Id : 0;
        _last = (place << PlaceShift) | (((long?)line.Status + 1 ?? 0) << StatusShift) | (long)line.State;
    }
}
