namespace Truebit.Client;

/// <content>Merging the journals of all shards into one of all rows.</content>
public sealed partial class Journal
{
    /// <summary>
    /// Writes one journal of all rows from those of all shards: a line for each row, its last word, in the order of the input. No row
    /// is in two of them, so there is nothing to decide. They are left as they are.
    /// </summary>
    /// <param name="paths">The journals of the shards 1/N to N/N, in any order.</param>
    /// <param name="destination">A file that is not there yet.</param>
    /// <exception cref="JournalException">One is missing, is no shard's, is in use or damaged, or the file cannot be written.</exception>
    public static void Merge(IEnumerable<string> paths, string destination)
    {
        List<Journal> journals = [];
        string half = destination + ".merging";
        try
        {
            foreach (string path in paths)
            {
                journals.Add(OpenExisting(path));
            }

            Journal[] shards = InOrder(journals);
            using (FileStream file = new(half, FileMode.Create, FileAccess.Write))
            {
                Write(file, JournalHeader.Create([.. shards.SelectMany(static journal => journal._header.HashKeys!)], null, shards[0]._header.Key));
                foreach ((Journal journal, JournalEntry entry) in shards
                    .SelectMany(static journal => journal._earlier.Values.Select(entry => (journal, entry)))
                    .OrderBy(static line => line.entry.Row))
                {
                    Write(file, entry with { Answer = entry.AnswerAt is null ? null : journal.ReadAnswer(entry) });
                }
            }

            // Only a whole file gets the name: half a journal would let the rows that it lacks be sent again.
            File.Move(half, destination);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new JournalException("JournalFailed", $"The journal '{destination}' cannot be written: {e.Message}", e);
        }
        finally
        {
            if (File.Exists(half))
            {
                File.Delete(half);
            }

            journals.ForEach(static journal => journal.Dispose());
        }
    }

    /// <summary>
    /// The journals from shard 1/N to N/N. All must be there: a row of a shard that is left out would look never sent, and be paid
    /// for twice.
    /// </summary>
    private static Journal[] InOrder(List<Journal> journals)
    {
        (Shard Shard, Journal Journal)[] shards = [.. journals.Select(static journal => (ShardOf(journal), journal)).OrderBy(static shard => shard.Item1.Number)];
        string[] present = [.. shards.Select(static shard => shard.Shard.ToString())];
        int count = shards.Length == 0 ? 0 : shards[0].Shard.Count;
        if (!present.SequenceEqual(Enumerable.Range(1, count).Select(number => $"{number}/{count}")))
        {
            throw new JournalException(
                "ShardsMissing", $"Give exactly one journal per shard. Found: {string.Join(", ", present)}. Nothing was written.");
        }

        // Rows that are recognised otherwise fall into other shards: then the same row can be in two of them, and in none.
        return Array.Find(shards, shard => !shard.Journal._header.HasKeyOf(shards[0].Journal._header)).Journal is Journal other
            ? throw new JournalException(
                "JournalKeyMismatch", $"The journal '{other.Path}' was written with another -Key than '{shards[0].Journal.Path}'. Nothing was written.")
            : [.. shards.Select(static shard => shard.Journal)];
    }

    private static Shard ShardOf(Journal journal) => journal._header.Shard is string shard
        ? Shard.Parse(shard)
        : throw new JournalException("JournalNotSharded", $"The journal '{journal.Path}' covers all rows, not a shard, so there is nothing to merge it with.");

    private static void Write<T>(FileStream file, T line)
    {
        byte[] bytes = JournalText.Write(line);
        file.Write(bytes, 0, bytes.Length);
    }
}
