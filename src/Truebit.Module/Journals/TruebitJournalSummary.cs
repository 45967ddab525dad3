using System.Globalization;
using Truebit.Client;
using Truebit.Journals;

namespace Truebit;

/// <summary>How far a run has come, as its journal says; as text, a sentence.</summary>
public sealed class TruebitJournalSummary
{
    private const int RatedSeconds = 60;

    private readonly int[] _counts = new int[Enum.GetValues(typeof(RowEnd)).Length];

    internal TruebitJournalSummary(JournalContent journal)
    {
        // Before the rows: a run that ends meanwhile has written all that it had on the wire.
        IsInUse = journal.IsInUse;
        Path = journal.Path;
        Endpoint = journal.Hub?.Address;
        Shard = journal.Shard;
        DateTime now = DateTime.UtcNow;
        JournalEntry? oldest = null;
        int recent = 0;
        foreach (JournalEntry entry in journal.Entries)
        {
            Rows++;
            bool isOnWire = IsInUse && entry.State == JournalState.Sending;
            Sending += isOnWire ? 1 : 0;
            _counts[(int)entry.End()] += isOnWire ? 0 : 1;
            recent += entry.State == JournalState.Finished && now - entry.At <= TimeSpan.FromSeconds(RatedSeconds) ? 1 : 0;
            StartedAt = Earlier(StartedAt, entry.SubmittedAt ?? entry.At);
            LastAt = LastAt > entry.At ? LastAt : entry.At;
            oldest = (isOnWire || entry.State == JournalState.Accepted) && !(Begin(oldest) <= Begin(entry)) ? entry : oldest;
        }

        OldestRunning = oldest is null ? null : new TruebitJournalEntry(Path, oldest);
        OldestRunningFor = Begin(oldest) is DateTime begin ? TimeSpan.FromSeconds(Math.Floor((now - begin).TotalSeconds)) : null;
        FinishedPerSecond = Math.Round(recent / Math.Min(RatedSeconds, Math.Max(1, (now - (StartedAt ?? now)).TotalSeconds)), 2);
    }

    /// <summary>The journal.</summary>
    public string Path { get; }

    /// <summary>The hub that executes its rows.</summary>
    public string? Endpoint { get; }

    /// <summary>The part of the rows that it covers, i/N; null for all.</summary>
    public string? Shard { get; }

    /// <summary>Whether a run is writing it now.</summary>
    public bool IsInUse { get; }

    /// <summary>The rows that were sent, or were about to be. Rows that no run has come to are not in a journal.</summary>
    public int Rows { get; }

    /// <summary>Executions that ended with Success.</summary>
    public int Success => _counts[(int)RowEnd.Success];

    /// <summary>Executions that ended with Error. They are charged.</summary>
    public int Error => _counts[(int)RowEnd.Error];

    /// <summary>Executions that ended with Indeterminate, or with a word that is not documented. They are charged.</summary>
    public int Indeterminate => _counts[(int)RowEnd.Indeterminate];

    /// <summary>Executions that the hub has accepted, whose end is not in the journal.</summary>
    public int Running => _counts[(int)RowEnd.Running];

    /// <summary>Rows on the wire. If no run is writing the journal, they are Unknown.</summary>
    public int Sending { get; }

    /// <summary>Rows that were certainly not executed. The next run sends them.</summary>
    public int Refused => _counts[(int)RowEnd.Refused];

    /// <summary>Rows that may have been executed.</summary>
    public int Unknown => _counts[(int)RowEnd.Unknown];

    /// <summary>Results a second in the last minute, or since the run began if that is less than a minute ago.</summary>
    public double FinishedPerSecond { get; }

    /// <summary>When the first row was sent (UTC); null if none was.</summary>
    public DateTime? StartedAt { get; }

    /// <summary>When the last line was written (UTC); null if there is none.</summary>
    public DateTime? LastAt { get; }

    /// <summary>Of the rows that are running or on the wire, the one that has been so for the longest time; null if there is none.</summary>
    public TruebitJournalEntry? OldestRunning { get; }

    /// <summary>For how long, in whole seconds; null if there is none.</summary>
    public TimeSpan? OldestRunningFor { get; }

    /// <summary>A sentence for people.</summary>
    public override string ToString()
    {
        string ends = CountedWords.Join(
            (Success, "Success"), (Error, "Error"), (Indeterminate, "Indeterminate"), (Running, "running"), (Sending, "on the wire"), (Refused, "refused"), (Unknown, "unknown"));
        string oldest = OldestRunning is null ? "" : $" {Who(OldestRunning)} has been running longest: {OldestRunningFor}.";
        return string.Format(
            CultureInfo.InvariantCulture, "{0}: {1} rows{2}; {3:0.##} results a second in the last minute.{4} {5}", System.IO.Path.GetFileName(Path), Rows, ends.Length > 0 ? $": {ends}" : "",
            FinishedPerSecond, oldest, IsInUse ? "A run is writing it." : "No run is writing it.");
    }

    private static string Who(TruebitJournalEntry entry) => $"Row {entry.Row}{(entry.Key is null ? "" : $" ({entry.Key})")}";

    private static DateTime? Begin(JournalEntry? entry) => entry?.SubmittedAt ?? entry?.At;

    private static DateTime Earlier(DateTime? one, DateTime other) => one < other ? one.Value : other;
}
