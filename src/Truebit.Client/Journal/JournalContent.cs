using System.Text;

namespace Truebit.Client;

/// <summary>What a journal said when it was read: whose it is, and the last word on each row.</summary>
public sealed class JournalContent
{
    internal JournalContent(string path, JournalHeader? header, IReadOnlyCollection<JournalEntry> entries)
    {
        Path = path;
        Hub = header?.Hub;
        Shard = header?.Shard;
        Entries = entries;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The hub that executed its rows; null in a file that no run has written to yet.</summary>
    public JournalHub? Hub { get; }

    /// <summary>The part of the rows that it is of, i/N; null where it is of all.</summary>
    public string? Shard { get; }

    /// <summary>Whether a run is writing it now.</summary>
    public bool IsInUse => JournalClaim.IsTaken(Path);

    /// <summary>The last word on each row, in the order in which the rows were first sent.</summary>
    public IReadOnlyCollection<JournalEntry> Entries { get; }

    /// <summary>The hub's last answers to the finished rows, one at a time, in the order in which they ended.</summary>
    /// <exception cref="JournalException">The file was changed meanwhile, or cannot be read.</exception>
    public IEnumerable<(JournalEntry Entry, HubExecution Execution)> ReadExecutions()
    {
        Dictionary<long, JournalEntry> answers = Entries.Where(static entry => entry.AnswerAt is not null).ToDictionary(static entry => entry.AnswerAt!.Value);
        using FileStream file = Open();
        long start = 0;
        foreach ((byte[] line, _) in JournalReader.Lines(file))
        {
            if (answers.TryGetValue(start, out JournalEntry? entry))
            {
                answers.Remove(start);
                string answer = JournalText.Read<JournalEntry>(line, out _, out _)?.Answer ?? throw Changed();
                yield return (entry, HubExecution.Parse(Encoding.UTF8.GetBytes(answer), entry.Kind, entry.ExecutionId));
            }

            start += line.Length + 1;
        }

        if (answers.Count > 0)
        {
            throw Changed();
        }
    }

    private FileStream Open()
    {
        try
        {
            return new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new JournalException("JournalFailed", $"The journal '{Path}' cannot be read: {e.Message}", e);
        }
    }

    private JournalException Changed() => new("JournalDamaged", $"'{Path}' was changed while it was in use.");
}
