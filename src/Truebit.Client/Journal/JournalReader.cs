namespace Truebit.Client;

/// <summary>Reads a journal from its beginning. A torn last line is what a killed run leaves; any other damage is an error.</summary>
internal sealed class JournalReader(string path)
{
    private readonly Dictionary<string, JournalEntry> _entries = new(StringComparer.Ordinal);

    /// <summary>The first line; null in an empty file.</summary>
    public JournalHeader? Header { get; private set; }

    /// <summary>The last word on each row.</summary>
    public IReadOnlyDictionary<string, JournalEntry> Entries => _entries;

    /// <summary>How many rows the hub has accepted, a row once for each execution.</summary>
    public int Accepted { get; private set; }

    /// <summary>Where the last whole line ends. What follows is torn.</summary>
    public long End { get; private set; }

    /// <summary>Whether the last whole line lacks its line feed, as some editors and copies leave it.</summary>
    public bool LacksLineFeed { get; private set; }

    /// <summary>The checksum of the last whole line.</summary>
    public string LastCheck { get; private set; } = JournalText.Beginning;

    /// <summary>Reads a file, which a run may be writing meanwhile.</summary>
    /// <param name="path">The file.</param>
    /// <param name="isEnough">Ends the reading early.</param>
    /// <exception cref="JournalException">It is not a journal, or a line other than the last is damaged.</exception>
    public static JournalReader Read(string path, Func<bool>? isEnough = null)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        JournalReader reader = new(path);
        reader.Read(file, isEnough);
        return reader;
    }

    private void Read(Stream stream, Func<bool>? isEnough)
    {
        int number = 0;
        foreach ((byte[] line, bool isWhole) in Lines(stream))
        {
            number++;
            if (isEnough?.Invoke() == true)
            {
                return;
            }

            if (!(number == 1 ? ReadHeader(line) : ReadEntry(line, number)))
            {
                // A line without its end is what a killed run leaves, unless it is whole all the same.
                if (!isWhole && (number > 1 || IsTornHeader(line)))
                {
                    return;
                }

                throw new JournalException(
                    "JournalDamaged",
                    number == 1
                        ? $"'{path}' is not a journal of this module: its first line is not a journal's. It was left as it is. Give the name of a journal, or of a new file."
                        : $"'{path}' is damaged in line {number}: the line does not fit its checksum. Repair-TruebitJournal saves what fits. No row was sent.");
            }

            End += line.Length + (isWhole ? 1 : 0);
            LacksLineFeed = !isWhole;
        }
    }

    /// <summary>Only what this module has begun to write may be written over.</summary>
    private static bool IsTornHeader(byte[] line) => line.Take(JournalHeader.Start.Length).SequenceEqual(JournalHeader.Start.Take(line.Length));

    private bool ReadHeader(byte[] line)
    {
        JournalHeader? header = JournalText.Read<JournalHeader>(line, out _, out string check);
        if (header is null)
        {
            return false;
        }

        (Header, LastCheck) = (header, check);
        return header.TruebitJournal switch
        {
            JournalHeader.CurrentFormat => header.HashKeys is { Count: > 0 } && header.Hub is not null,
            int other => throw new JournalException("JournalDamaged", $"'{path}' has format {other}; this version of the module reads {JournalHeader.CurrentFormat}. Use the version that wrote it, or begin another journal."),
        };
    }

    private bool ReadEntry(byte[] line, int number)
    {
        JournalEntry? entry = JournalText.Read<JournalEntry>(line, out string previous, out string check);
        if (entry is null)
        {
            return false;
        }

        if (previous != LastCheck)
        {
            throw new JournalException(
                "JournalDamaged", $"'{path}' is damaged before line {number}: a line was taken out, or one was put in. Repair-TruebitJournal saves what fits. No row was sent.");
        }

        LastCheck = check;
        if (entry.IsReplaced)
        {
            _entries.Remove(entry.RowId);
            return true;
        }

        _entries.TryGetValue(entry.RowId, out JournalEntry? earlier);

        // A line that only moves the row or adds its result repeats the id.
        Accepted += entry.ExecutionId is string id && id != earlier?.ExecutionId ? 1 : 0;

        // Answers are read again when they are asked for: a journal may hold more of them than memory does.
        _entries[entry.RowId] = entry.After(earlier) with { Answer = null, AnswerAt = entry.Answer is null ? null : End };
        return true;
    }

    /// <summary>The lines, without their ends; only the last one can have none: it is torn.</summary>
    internal static IEnumerable<(byte[] Line, bool IsWhole)> Lines(Stream stream)
    {
        using MemoryStream line = new();
        byte[] block = new byte[64 * 1024];
        int count;
        while ((count = stream.Read(block, 0, block.Length)) > 0)
        {
            int start = 0;
            for (int end = Array.IndexOf(block, (byte)'\n', start, count - start); end >= 0; end = Array.IndexOf(block, (byte)'\n', start, count - start))
            {
                line.Write(block, start, end - start);
                yield return (line.ToArray(), true);
                line.SetLength(0);
                start = end + 1;
            }

            line.Write(block, start, count - start);
        }

        if (line.Length > 0)
        {
            yield return (line.ToArray(), false);
        }
    }
}
