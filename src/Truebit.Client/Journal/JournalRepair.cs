using System.Text;
using System.Text.RegularExpressions;

namespace Truebit.Client;

/// <summary>Saves what fits of a damaged journal.</summary>
/// <param name="KeptLines">How many lines were kept.</param>
/// <param name="UnknownRows">How many rows are unknown now, because a damaged line names them.</param>
/// <param name="LostLines">How many lines may have been about any row: every row that the journal does not know is unknown now.</param>
public sealed record JournalRepair(int KeptLines, int UnknownRows, int LostLines)
{
    private static readonly Regex NamedRow = new("\"rowId\":\"([0-9a-f]{32})\"", RegexOptions.CultureInvariant);

    /// <summary>Repairs a journal in place. The damaged file is kept beside it, with <c>.damaged</c> after its name.</summary>
    /// <exception cref="JournalException">Its first line is damaged, another run writes it, or it cannot be read or written.</exception>
    public static JournalRepair Run(string path)
    {
        using FileStream claim = JournalClaim.Take(path);
        JournalHeader? header = null;
        Dictionary<string, JournalEntry> entries = new(StringComparer.Ordinal);
        HashSet<string> damaged = new(StringComparer.Ordinal);
        (int kept, int lost, string check) = (0, 0, "");
        try
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            foreach ((byte[] line, bool isWhole) in JournalReader.Lines(file))
            {
                if (header is null)
                {
                    header = JournalText.Read<JournalHeader>(line, out _, out check);
                    if (header is not { TruebitJournal: JournalHeader.CurrentFormat, Hub: not null, HashKeys.Count: > 0 })
                    {
                        throw new JournalException("JournalDamaged", $"The first line of '{path}' is damaged, and rows cannot be recognised without it. Use a copy of the journal. Nothing was changed.");
                    }
                }
                else if (JournalText.Read<JournalEntry>(line, out string previous, out string own) is JournalEntry entry)
                {
                    // A break in the chain after a damaged line is that line; otherwise a line is missing.
                    lost += previous == check || check.Length == 0 ? 0 : 1;
                    check = own;
                    kept++;
                    entries.TryGetValue(entry.RowId, out JournalEntry? earlier);
                    entries[entry.RowId] = entry.After(earlier) with { Answer = entry.Answer };
                }
                else if (isWhole)
                {
                    check = "";
                    Match row = NamedRow.Match(Encoding.UTF8.GetString(line));
                    lost += row.Success ? 0 : 1;
                    damaged.Add(row.Groups[1].Value);
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new JournalException("JournalFailed", $"The journal '{path}' cannot be read: {e.Message}", e);
        }

        damaged.Remove("");
        int unknown = MarkUnknown(entries, damaged);
        PrivateFile.Write(path + ".damaged", replaces: true, copy =>
        {
            using FileStream damagedFile = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            damagedFile.CopyTo(copy);
        });
        JournalFile.Create(
            path, header! with { LostLines = (header.LostLines ?? 0) + lost is int all and > 0 ? all : null },
            entries.Values.Where(static entry => !entry.IsReplaced), replaces: true);
        return new JournalRepair(kept, unknown, lost);
    }

    private static int MarkUnknown(Dictionary<string, JournalEntry> entries, HashSet<string> damaged)
    {
        string[] unknown = [.. damaged.Where(row => !entries.TryGetValue(row, out JournalEntry? entry) || entry.State != JournalState.Finished)];
        foreach (string row in unknown)
        {
            entries.TryGetValue(row, out JournalEntry? earlier);
            entries[row] = new JournalEntry { RowId = row, State = JournalState.Unknown, Kind = earlier?.Kind ?? TaskKind.Api, Reason = "A line about this row was damaged." }.After(earlier);
        }

        return unknown.Length;
    }
}
