namespace Truebit.Client;

/// <summary>
/// The rows of a journal, in the order in which they were first sent. Of a million rows it takes some 50 MB: what else a row is stays in
/// the file until it is asked for.
/// </summary>
internal sealed class JournalIndex
{
    private readonly PartedTable<RowKey, JournalRow> _rows = new();

    /// <summary>How many rows there are.</summary>
    public int Count { get; private set; }

    /// <summary>The rows that there are.</summary>
    public IEnumerable<JournalRow> Rows
    {
        get
        {
            for (int at = 0; at < _rows.Count; at++)
            {
                if (_rows[at] is { Exists: true } row)
                {
                    yield return row;
                }
            }
        }
    }

    /// <summary>The row of this name; one that does not exist where there is none.</summary>
    public JournalRow Find(RowKey key) => _rows.IndexOf(key) is int at and >= 0 ? _rows[at] : default;

    /// <summary>Takes a line in that begins there.</summary>
    public void Add(in JournalLine line, long place)
    {
        ref JournalRow row = ref _rows.FindOrAdd(line.Key, out _);
        Count += row.Exists ? 0 : 1;
        row.Add(line, place);
    }

    /// <summary>Forgets a row that another one has replaced.</summary>
    public void Remove(RowKey key)
    {
        ref JournalRow row = ref _rows.FindOrAdd(key, out _);
        Count -= row.Exists ? 1 : 0;
        row = default;
    }
}
