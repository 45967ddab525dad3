namespace Truebit.Client;

/// <summary>Makes one journal of several: of all shards of an input, or of several runs over one input. They are left as they are.</summary>
public static class JournalMerge
{
    /// <summary>Writes one journal, with a line for each row: its last word, in the order of the input.</summary>
    /// <param name="paths">The journals of the shards 1/N to N/N, or journals of all rows; in any order.</param>
    /// <param name="destination">A file that is not there yet.</param>
    /// <exception cref="JournalException">One is missing, does not fit the others, is in use or damaged, or the file cannot be written.</exception>
    public static void Run(IEnumerable<string> paths, string destination)
    {
        List<Journal> journals = [];
        try
        {
            foreach (string path in paths)
            {
                journals.Add(Journal.OpenExisting(path));
            }

            CheckFit(journals);
            Journal[] inOrder = journals.Exists(static journal => journal.Header.Shard is not null) ? ShardsInOrder(journals) : [.. journals];
            JournalHeader header = inOrder[0].Header with
            {
                Shard = null,
                Split = null,
                HashKeys = HashKeys(inOrder),
                LostLines = inOrder.Sum(static journal => journal.Header.LostLines ?? 0) is int lost and > 0 ? lost : null,
            };
            JournalFile.Create(destination, header, Lines(inOrder), replaces: false);
        }
        finally
        {
            journals.ForEach(static journal => journal.Dispose());
        }
    }

    /// <summary>The parts of one journal have its keys; shards that began by themselves have one each.</summary>
    private static IReadOnlyList<IReadOnlyList<string>> HashKeys(Journal[] journals) =>
        journals[0].Header.Split is not null ? journals[0].Header.HashKeys
        : journals[0].Header.Shard is not null ? [[.. journals.SelectMany(static journal => journal.Header.HashKeys[0])]]
        : [.. journals.SelectMany(static journal => journal.Header.HashKeys)];

    /// <summary>Each row once. A row that is in several journals was sent again after it had been refused: its furthest state counts.</summary>
    private static IEnumerable<JournalEntry> Lines(Journal[] journals) => LastWords(journals)
        .GroupBy(static line => line.Entry.Key ?? (line.Entry.Row is int row ? $"{row} {line.Entry.Task}" : line.Entry.RowId), StringComparer.Ordinal)
        .SelectMany(static row => row.Where(line => line.Entry.State != JournalState.Refused || row.All(static other => other.Entry.State == JournalState.Refused)))
        .OrderBy(static line => line.Entry.Row)
        .Select(static line => line.Entry with { IsInherited = false, Answer = line.Entry.AnswerAt is null ? null : line.Journal.ReadAnswer(line.Entry) });

    /// <summary>
    /// What each journal says of its rows. All parts of a split journal have all its rows, and the one whose shard has the row, or a person,
    /// has gone on with it: times cannot tell, because clocks differ.
    /// </summary>
    private static IEnumerable<(Journal Journal, JournalEntry Entry)> LastWords(Journal[] journals)
    {
        IEnumerable<(Journal Journal, JournalEntry Entry)> all = journals.SelectMany(static journal => journal.Entries.Select(entry => (journal, entry)));
        return journals[0].Header.Split is null ? all
            : all.GroupBy(static line => line.Entry.RowId, StringComparer.Ordinal)
                .Select(static row => row.OrderBy(static line => line.Entry.IsInherited).ThenByDescending(static line => line.Entry.At).First());
    }

    private static void CheckFit(List<Journal> journals)
    {
        foreach (Journal journal in journals)
        {
            // Rows that are recognised otherwise fall into other shards: then the same row can be in two of them, and in none.
            if (!journal.Header.HasKeyOf(journals[0].Header))
            {
                throw new JournalException(
                    "JournalKeyMismatch", $"The journal '{journal.Path}' uses another -Key than '{journals[0].Path}'. Nothing was written.");
            }

            if (journal.Hub.Address != journals[0].Hub.Address)
            {
                throw new JournalException(
                    "JournalHubMismatch", $"The journal '{journal.Path}' is of {journal.Hub}, and '{journals[0].Path}' is of {journals[0].Hub}. Nothing was written.");
            }
        }
    }

    /// <summary>
    /// The journals from shard 1/N to N/N. All must be there: a row of a shard that is left out would look never sent, and be paid
    /// for twice.
    /// </summary>
    private static Journal[] ShardsInOrder(List<Journal> journals)
    {
        (Shard Shard, Journal Journal)[] shards = [.. journals.Select(static journal => (ShardOf(journal), journal)).OrderBy(static shard => shard.Item1.Number)];
        string[] present = [.. shards.Select(static shard => shard.Shard.ToString())];
        int count = shards[0].Shard.Count;
        if (shards.Select(static shard => shard.Journal.Header.Split).Distinct().Count() > 1)
        {
            throw new JournalException(
                "ShardsMissing", $"The journals are not of one split: '{shards[0].Journal.Path}' knows rows that others of them may have sent again. Give the parts of one journal. Nothing was written.");
        }

        return present.SequenceEqual(Enumerable.Range(1, count).Select(number => $"{number}/{count}"))
            ? [.. shards.Select(static shard => shard.Journal)]
            : throw new JournalException("ShardsMissing", $"Give exactly one journal per shard. Found: {string.Join(", ", present)}. Nothing was written.");
    }

    private static Shard ShardOf(Journal journal) => journal.Header.Shard is string shard
        ? Shard.Parse(shard)
        : throw new JournalException("JournalNotSharded", $"The journal '{journal.Path}' covers all rows, and the others cover shards. Nothing was written.");
}
