using System.Collections;

namespace Truebit.Client;

/// <summary>
/// What a journal says of its rows, in the order in which they were first sent. Each is made of its lines in the file when it comes up, so a
/// million of them take no memory.
/// </summary>
internal sealed class JournalEntries(string path, JournalIndex index) : IReadOnlyCollection<JournalEntry>
{
    /// <inheritdoc/>
    public int Count => index.Count;

    /// <inheritdoc/>
    public IEnumerator<JournalEntry> GetEnumerator() => Where(static _ => true).GetEnumerator();

    /// <summary>Those whose rows the index calls so.</summary>
    /// <exception cref="JournalException">The file was changed meanwhile, or cannot be read.</exception>
    public IEnumerable<JournalEntry> Where(Func<JournalRow, bool> isWanted)
    {
        using JournalEntryReader reader = new(path);
        foreach (JournalRow row in index.Rows)
        {
            if (isWanted(row))
            {
                yield return reader.Read(row);
            }
        }
    }

    /// <summary>Those whose rows the index calls so, and the hub's last answers to the finished ones.</summary>
    /// <exception cref="JournalException">The file was changed meanwhile, or cannot be read.</exception>
    public IEnumerable<(JournalEntry Entry, HubExecution? Execution)> ReadRows(Func<JournalRow, bool> isWanted)
    {
        using JournalEntryReader reader = new(path);
        foreach (JournalRow row in index.Rows)
        {
            if (isWanted(row))
            {
                JournalEntry entry = reader.Read(row);
                yield return (entry, entry.AnswerAt is null ? null : reader.ReadExecution(entry));
            }
        }
    }

    /// <summary>The hub's last answers to the finished rows, one at a time.</summary>
    /// <exception cref="JournalException">The file was changed meanwhile, or cannot be read.</exception>
    public IEnumerable<(JournalEntry Entry, HubExecution Execution)> ReadExecutions() =>
        ReadRows(static row => row.State == JournalState.Finished).Where(static row => row.Execution is not null).Select(static row => (row.Entry, row.Execution!));

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
