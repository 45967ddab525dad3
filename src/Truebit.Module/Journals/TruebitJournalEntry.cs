using Truebit.Client;

namespace Truebit;

/// <summary>What a journal says of one row.</summary>
public sealed class TruebitJournalEntry
{
    private readonly JournalEntry _entry;

    internal TruebitJournalEntry(string path, JournalEntry entry)
    {
        Path = path;
        _entry = entry;
    }

    /// <summary>Sending, Accepted, Finished, Refused or Unknown. If no run is writing the journal, the outcome of a Sending row is unknown.</summary>
    public string State => _entry.State.ToString();

    /// <summary>Whether its outcome is unknown: it may have been executed.</summary>
    public bool IsUnknown => _entry.IsUnknown;

    /// <summary>How the execution ended, as the hub says: Success, Error, Indeterminate or Unknown; null until it has finished.</summary>
    public string? Status => _entry.Status?.ToString();

    /// <summary>The row's place in the input, from 1, of the last run that met it.</summary>
    public int? Row => _entry.Row;

    /// <summary>The row's key, if -Key named a column.</summary>
    public string? Key => _entry.Key;

    /// <summary>namespace/task.</summary>
    public string? Task => _entry.Task;

    /// <summary>The execution's id, once the hub gave one.</summary>
    public string? ExecutionId => _entry.ExecutionId;

    /// <summary>
    /// Of an unknown row: the id that an answer gave which does not count as accepted. Get-TruebitExecution tells whether it is this
    /// row's; Resolve-TruebitJournal -ExecutionId { $_.CandidateId } takes it.
    /// </summary>
    public string? CandidateId => _entry.CandidateId;

    /// <summary>Api or Function.</summary>
    public string Kind => _entry.Kind.ToString();

    internal TaskKind Family => _entry.Kind;

    /// <summary>When its last line was written (UTC).</summary>
    public DateTime At => _entry.At;

    /// <summary>Why it was refused, or is unknown.</summary>
    public string? Reason => _entry.Reason;

    /// <summary>The row's name in this journal.</summary>
    public string RowId => _entry.RowId;

    public string Path { get; }

    /// <summary>The row and its state.</summary>
    public override string ToString() => $"row {Row} {State}";
}
