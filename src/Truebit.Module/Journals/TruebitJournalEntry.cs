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

    /// <summary>Sending, Accepted, Finished, Refused or Unknown. While no run writes the journal, Sending means that nobody knows.</summary>
    public JournalState State => _entry.State;

    /// <summary>Whether it may have been executed, and nobody knows.</summary>
    public bool IsUnknown => _entry.IsUnknown;

    /// <summary>The row's place in the input, from 1, of the run that sent it first.</summary>
    public int? Row => _entry.Row;

    /// <summary>The row's key, where -Key named a column.</summary>
    public string? Key => _entry.Key;

    /// <summary>namespace/task.</summary>
    public string? Task => _entry.Task;

    /// <summary>The execution's id, once the hub gave one.</summary>
    public string? ExecutionId => _entry.ExecutionId;

    /// <summary>The family of the id.</summary>
    public TaskKind Kind => _entry.Kind;

    /// <summary>When the last line about it was written (UTC).</summary>
    public DateTime At => _entry.At;

    /// <summary>Why it was refused, or is unknown.</summary>
    public string? Reason => _entry.Reason;

    /// <summary>The row's name in this journal.</summary>
    public string RowId => _entry.RowId;

    /// <summary>The journal.</summary>
    public string Path { get; }

    /// <summary>The row and its state.</summary>
    public override string ToString() => $"row {Row} {State}";
}
