namespace Truebit.Client;

/// <summary>
/// The rows of a journal, in the order in which they were first sent. Of a million rows it takes some 50 MB: what else a row is stays in
/// the file until it is asked for.
/// </summary>
internal sealed class JournalIndex
{
    /// <summary>Rows lie in parts: a list that grows by copying would take twice the memory for a while.</summary>
    private const int PartSize = 1 << 14;

    private readonly List<JournalRow[]> _parts = [];

    /// <summary>Numbers of rows, from 1, each at the first free place from that of its key on.</summary>
    private int[] _places = new int[1 << 10];
    private int _used;

    /// <summary>How many rows there are.</summary>
    public int Count { get; private set; }

    /// <summary>The rows that there are.</summary>
    public IEnumerable<JournalRow> Rows
    {
        get
        {
            for (int at = 0; at < _used; at++)
            {
                if (_parts[at / PartSize][at % PartSize] is { Exists: true } row)
                {
                    yield return row;
                }
            }
        }
    }

    /// <summary>The row of this name; none that exists where there is none.</summary>
    public JournalRow Find(RowKey key) => _places[Place(key)] is int number and > 0 ? At(number - 1) : new JournalRow(key);

    /// <summary>Takes a line in that begins there.</summary>
    public void Add(in JournalLine line, long place)
    {
        ref JournalRow row = ref FindOrCreate(line.Key);
        Count += row.Exists ? 0 : 1;
        row.Add(line, place);
    }

    /// <summary>Forgets a row that another one has replaced.</summary>
    public void Remove(RowKey key)
    {
        ref JournalRow row = ref FindOrCreate(key);
        Count -= row.Exists ? 1 : 0;
        row.Remove();
    }

    private ref JournalRow FindOrCreate(RowKey key)
    {
        int place = Place(key);
        if (_places[place] > 0)
        {
            return ref At(_places[place] - 1);
        }

        if (_used % PartSize == 0)
        {
            _parts.Add(new JournalRow[PartSize]);
        }

        _places[place] = ++_used;
        ref JournalRow row = ref At(_used - 1);
        row = new JournalRow(key);
        if (_used > _places.Length / 4 * 3)
        {
            Grow();
        }

        return ref row;
    }

    private ref JournalRow At(int at) => ref _parts[at / PartSize][at % PartSize];

    /// <summary>Where the row is, or would be. Names are hashes with a key: their bits are as good as any made of them.</summary>
    private int Place(RowKey key)
    {
        int place = (int)key.First & (_places.Length - 1);
        while (_places[place] is int number and > 0 && At(number - 1).Key != key)
        {
            place = (place + 1) & (_places.Length - 1);
        }

        return place;
    }

    private void Grow()
    {
        _places = new int[2 * _places.Length];
        for (int at = 0; at < _used; at++)
        {
            _places[Place(At(at).Key)] = at + 1;
        }
    }
}
