namespace Truebit.Client;

/// <summary>One line of a journal: what became of one row.</summary>
public sealed record JournalEntry
{
    /// <summary>The row, as a keyed hash of its identity.</summary>
    public required string RowId { get; init; }

    /// <summary>How far it has come.</summary>
    public required JournalState State { get; init; }

    /// <summary>When (UTC).</summary>
    public DateTime At { get; init; } = DateTime.UtcNow;

    /// <summary>The row's place in the input of the last run that met it, from 1; null for a task of the command line.</summary>
    public int? Row { get; init; }

    /// <summary>What was executed: namespace/task.</summary>
    public string? Task { get; init; }

    /// <summary>The label of the version that was asked for.</summary>
    public string? Label { get; init; }

    /// <summary>The user's key of the row, in the clear; null where none was named.</summary>
    public string? Key { get; init; }

    /// <summary>A keyed hash of the request, to notice a key that is used for another request.</summary>
    public string? Request { get; init; }

    /// <summary>The family of the execution's id.</summary>
    public TaskKind Kind { get; init; }

    /// <summary>The execution's id, once it is known.</summary>
    public string? ExecutionId { get; init; }

    /// <summary>Of an unknown row: the id that an answer gave which does not count as accepted.</summary>
    public string? CandidateId { get; init; }

    /// <summary>How it ended, as the hub says; null until then.</summary>
    public ExecutionStatus? Status { get; init; }

    /// <summary>Whether another row has taken its place in the input, after it had been refused. Such a row is not listed.</summary>
    public bool IsReplaced { get; init; }

    /// <summary>Whether its last line was written by a person, who can write another.</summary>
    public bool IsSettledByHand { get; init; }

    /// <summary>Whether it was written before its journal was split: then the part of another shard may know more of the row.</summary>
    public bool IsInherited { get; init; }

    /// <summary>When the accepted request was sent (UTC). A line of its own says it, the one before the request; only where that was left out, it is written.</summary>
    public DateTime? SubmittedAt { get; init; }

    /// <summary>Why it was refused, or is unknown.</summary>
    public string? Reason { get; init; }

    /// <summary>The hub's last answer.</summary>
    public string? Answer { get; init; }

    /// <summary>Where the line with the answer stands in the file.</summary>
    internal long? AnswerAt { get; init; }

    /// <summary>Whether a run may not send it by itself: it is, or may be, on the hub already.</summary>
    public bool IsUnknown => State is JournalState.Unknown or JournalState.Sending;

    /// <summary>This line, with what earlier lines of the same row told: no line repeats that.</summary>
    internal JournalEntry After(JournalEntry? earlier) => earlier is null
        ? this
        : this with
        {
            Row = Row ?? earlier.Row,
            Task = Task ?? earlier.Task,
            Label = Label ?? earlier.Label,
            Key = Key ?? earlier.Key,
            Request = Request ?? earlier.Request,
            Kind = Task is null && Kind == default ? earlier.Kind : Kind,
            ExecutionId = ExecutionId ?? (State is JournalState.Finished ? earlier.ExecutionId : null),
            CandidateId = IsUnknown ? CandidateId ?? earlier.CandidateId : null,
            SubmittedAt = SubmittedAt ?? (State is JournalState.Accepted or JournalState.Finished ? earlier.SubmittedAt ?? (earlier.State == JournalState.Sending ? earlier.At : null) : null),
        };
}
