using Truebit.Client;

namespace Truebit.Reports;

/// <summary>A row that a report lists.</summary>
/// <param name="Journal">The file that tells of it, without its folder.</param>
/// <param name="Entry">What the journal says.</param>
/// <param name="Reason">Why it ended so, in a line; null where nobody said.</param>
internal sealed record ReportRow(string Journal, JournalEntry Entry, string? Reason)
{
    /// <summary>When it was sent, or else when its last line was written (UTC).</summary>
    public DateTime At => Entry.SubmittedAt ?? Entry.At;
}
