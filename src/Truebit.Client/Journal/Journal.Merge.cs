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
                // Opening a journal begins one where there is none, and the shard of a misspelt path would look never sent.
                journals.Add(File.Exists(path) ? OpenAny(path) : throw new JournalException("JournalFailed", $"There is no journal '{path}'."));
            }

            journals.Sort(static (left, right) => Number(left).CompareTo(Number(right)));
            CheckWhole(journals);
            using (FileStream file = new(half, FileMode.Create, FileAccess.Write))
            {
                Write(file, JournalHeader.Create([.. journals.SelectMany(static journal => journal._header.HashKeys!)], null));
                foreach ((Journal journal, JournalEntry entry) in journals
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
            File.Delete(half);
            journals.ForEach(static journal => journal.Dispose());
        }
    }

    private static int Number(Journal journal) => journal._header.Shard is string shard
        ? Shard.Parse(shard).Number
        : throw new JournalException("JournalOfAllRows", $"The journal '{journal.Path}' is of all rows, not of a shard; there is nothing to merge it with.");

    /// <summary>A row of a shard that is left out would look never sent, and be paid for twice.</summary>
    private static void CheckWhole(List<Journal> journals)
    {
        string[] present = [.. journals.Select(static journal => journal._header.Shard!)];
        int count = present.Length == 0 ? 0 : Shard.Parse(present[0]).Count;
        string[] all = [.. Enumerable.Range(1, count).Select(number => $"{number}/{count}")];
        if (!present.SequenceEqual(all))
        {
            throw new JournalException(
                "JournalsNotWhole", $"The journals must be those of all shards, one each; they are of: {string.Join(", ", present)}. Nothing was written.");
        }
    }

    private static void Write<T>(FileStream file, T line)
    {
        byte[] bytes = JournalText.Write(line);
        file.Write(bytes, 0, bytes.Length);
    }
}
