namespace Truebit.Client;

/// <summary>
/// Reads a journal from its beginning, each line once, without making objects of it. A torn last line is what a killed run leaves; any
/// other damage is an error.
/// </summary>
internal sealed class JournalReader(string path)
{
    /// <summary>The first line; null in an empty file.</summary>
    public JournalHeader? Header { get; private set; }

    /// <summary>What is known of each row.</summary>
    public JournalIndex Index { get; } = new();

    /// <summary>The ids of all executions.</summary>
    public ExecutionIdSet Ids { get; } = new();

    /// <summary>How many rows the hub has accepted, a row once for each execution.</summary>
    public int Accepted { get; private set; }

    /// <summary>Where the last whole line ends. What follows is torn.</summary>
    public long End { get; private set; }

    /// <summary>Whether the last whole line lacks its line feed, as some editors and copies leave it.</summary>
    public bool LacksLineFeed { get; private set; }

    /// <summary>The checksum of the last whole line.</summary>
    public uint LastCheck { get; private set; }

    /// <summary>Reads a file, which a run may be writing meanwhile.</summary>
    /// <param name="path">The file.</param>
    /// <param name="isEnough">Ends the reading early.</param>
    /// <exception cref="JournalException">It is not a journal, or a line other than the last is damaged.</exception>
    public static JournalReader Read(string path, Func<bool>? isEnough = null)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1);
        JournalReader reader = new(path);
        reader.Read(file, isEnough);
        return reader;
    }

    private void Read(Stream stream, Func<bool>? isEnough)
    {
        using CheckedLines lines = new(stream);
        int number = 0;
        foreach (CheckedLine line in lines.Take())
        {
            number++;
            if (isEnough?.Invoke() == true)
            {
                return;
            }

            if (!(number == 1 ? ReadHeader(line) : ReadRow(line, number)))
            {
                // A line without its end is what a killed run leaves, unless it is whole all the same.
                if (!line.IsWhole && (number > 1 || JournalHeader.IsTorn(line.Text.Span)))
                {
                    return;
                }

                throw new JournalException(
                    "JournalDamaged",
                    number == 1
                        ? $"'{path}' is not a journal of this module: its first line is not a journal's. It was left as it is. Give the name of a journal, or of a new file."
                        : $"'{path}' is damaged in line {number}: the line does not fit its checksum. Repair-TruebitJournal saves what fits. No row was sent.");
            }

            End += line.Text.Length + (line.IsWhole ? 1 : 0);
            LacksLineFeed = !line.IsWhole;
        }
    }

    private bool ReadHeader(CheckedLine line)
    {
        if (line.IsWhole && JournalHeader.FindFormat(line.Text.Span) is int other and not JournalHeader.CurrentFormat)
        {
            throw new JournalException(
                "JournalDamaged",
                $"The first line of '{path}' says format {other}, and this version of the module reads format {JournalHeader.CurrentFormat}. Go on with it in the version that wrote it, or use another journal: then its rows are sent, and paid for, again. No row was sent.");
        }

        Header = JournalHeader.Read(line.Text.Span, out uint check);
        LastCheck = check;
        return Header is not null;
    }

    private bool ReadRow(CheckedLine text, int number)
    {
        if (!text.Fits || !JournalLine.TryRead(text.Body, out JournalLine line))
        {
            return false;
        }

        if (text.Previous != LastCheck)
        {
            throw new JournalException(
                "JournalDamaged", $"'{path}' is damaged before line {number}: a line was taken out, or one was put in. Repair-TruebitJournal saves what fits. No row was sent.");
        }

        LastCheck = text.Check;
        if (line.IsReplaced)
        {
            Index.Remove(line.Key);
            return true;
        }

        Index.Add(line, End);
        if (line.ExecutionIdHash() is ulong id && Ids.Add(id))
        {
            Accepted++;
        }

        return true;
    }
}
