using Truebit.Client;

namespace Truebit;

/// <summary>What Repair-TruebitJournal has saved.</summary>
public sealed class TruebitJournalRepair
{
    private readonly JournalRepair _repair;

    internal TruebitJournalRepair(string path, JournalRepair repair)
    {
        Path = path;
        _repair = repair;
    }

    /// <summary>The journal. The damaged file is beside it, with <c>.damaged</c> after its name.</summary>
    public string Path { get; }

    /// <summary>How many lines were kept.</summary>
    public int KeptLines => _repair.KeptLines;

    /// <summary>How many rows are unknown now, because a damaged line names them.</summary>
    public int UnknownRows => _repair.UnknownRows;

    /// <summary>How many lines may have been about any row: the next run does not send a row that the journal does not know.</summary>
    public int LostLines => _repair.LostLines;
}
