namespace Truebit.Client;

/// <summary>
/// Makes a journal for each of several shards out of one of all rows. A journal cannot tell the shard of a row that it knows by a hash
/// only, so each part has all lines. Those of other shards are never changed there, and are marked for <see cref="JournalMerge"/>.
/// </summary>
public static class JournalSplit
{
    /// <summary>Writes all parts, or none. The journal is left as it is.</summary>
    /// <param name="path">A journal of all rows.</param>
    /// <param name="count">How many shards.</param>
    /// <returns>The files: NAME.1.journal and so on, beside NAME.journal.</returns>
    /// <exception cref="JournalException">It is of a shard, in use or damaged, or a part is there already or cannot be written.</exception>
    public static IReadOnlyList<string> Run(string path, int count)
    {
        using Journal journal = Journal.OpenExisting(path);
        if (journal.Header.Shard is string shard)
        {
            throw new JournalException(
                "JournalShardMismatch", $"The journal '{path}' covers shard {shard} only. Merge the journals of all shards with Merge-TruebitJournal, and split that. Nothing was written.");
        }

        string[] parts = PartPaths(path, count);
        if (Array.Find(parts, File.Exists) is string existing)
        {
            throw new JournalException("JournalFailed", $"'{existing}' already exists. Move or delete it first. Nothing was written.");
        }

        JournalHeader header = journal.Header with { Split = JournalHeader.RandomHex(8) };
        List<string> written = [];
        try
        {
            foreach (string part in parts)
            {
                JournalFile.Create(part, header with { Shard = $"{written.Count + 1}/{count}" }, Lines(journal), replaces: false);
                written.Add(part);
            }
        }
        catch
        {
            // Some parts without the others look like all that there is.
            written.ForEach(File.Delete);
            throw;
        }

        return parts;
    }

    /// <summary>The names that the parts of a journal have.</summary>
    public static string[] PartPaths(string path, int count)
    {
        string start = Path.Combine(Path.GetDirectoryName(path) ?? "", Path.GetFileNameWithoutExtension(path));
        return [.. Enumerable.Range(1, count).Select(number => $"{start}.{number}{Path.GetExtension(path)}")];
    }

    private static IEnumerable<JournalEntry> Lines(Journal journal) =>
        journal.WholeEntries().Select(static entry => entry with { IsInherited = true });
}
