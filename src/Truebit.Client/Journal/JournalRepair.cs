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
        (int kept, int lost, uint? check) = (0, 0, null);
        try
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            JournalLines lines = new(file);
            while (lines.TryRead(out ReadOnlySpan<byte> line, out bool isWhole))
            {
                if (header is null)
                {
                    header = JournalHeader.Read(line, out uint first)
                        ?? throw new JournalException("JournalDamaged", $"The first line of '{path}' is damaged, and rows cannot be recognised without it. Use a copy of the journal. Nothing was changed.");
                    check = first;
                }
                else if (JournalText.TryCheck(line, out ReadOnlySpan<byte> body, out uint previous, out uint own) && JournalLine.TryRead(body, out JournalLine row))
                {
                    // A break in the chain after a damaged line is that line; otherwise a line is missing.
                    lost += check is null || previous == check ? 0 : 1;
                    check = own;
                    kept++;
                    JournalEntry entry = row.ToEntry();
                    entries.TryGetValue(entry.RowId, out JournalEntry? earlier);
                    entries[entry.RowId] = WithId(entry.After(earlier) with { Answer = row.Answer() });
                }
                else if (isWhole)
                {
                    check = null;
                    Match named = NamedRow.Match(Encoding.UTF8.GetString(line.ToArray()));
                    lost += named.Success ? 0 : 1;
                    damaged.Add(named.Groups[1].Value);
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

    /// <summary>The line with the id of a finished row may be lost; its answer most likely tells it, too.</summary>
    private static JournalEntry WithId(JournalEntry entry) => entry is { State: JournalState.Finished, ExecutionId: null, Answer: string answer }
        ? entry with { ExecutionId = ExecutionReader.Find(Encoding.UTF8.GetBytes(answer), entry.Kind)?.Id }
        : entry;

    private static int MarkUnknown(Dictionary<string, JournalEntry> entries, HashSet<string> damaged)
    {
        damaged.UnionWith(entries.Values.Where(static entry => entry is { State: JournalState.Finished, ExecutionId: null }).Select(static entry => entry.RowId));
        string[] unknown = [.. damaged.Where(row => !entries.TryGetValue(row, out JournalEntry? entry) || entry is not { State: JournalState.Finished, ExecutionId: not null })];
        foreach (string row in unknown)
        {
            entries.TryGetValue(row, out JournalEntry? earlier);
            entries[row] = new JournalEntry { RowId = row, State = JournalState.Unknown, Kind = earlier?.Kind ?? TaskKind.Api, Reason = "A line about this row was damaged." }.After(earlier);
        }

        return unknown.Length;
    }
}
