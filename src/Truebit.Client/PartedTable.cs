namespace Truebit.Client;

/// <summary>
/// A dictionary of small values for a million keys: it grows part by part, where one that grows by copying takes three times the memory for a while.
/// Not for several threads at a time.
/// </summary>
/// <typeparam name="TKey">The key, with bits that are good in its hash code: it is a hash itself.</typeparam>
/// <typeparam name="TValue">The value.</typeparam>
public sealed class PartedTable<TKey, TValue>
    where TKey : struct, IEquatable<TKey>
    where TValue : struct
{
    private const int PartSize = 1 << 14;

    private readonly List<Entry[]> _parts = [];

    /// <summary>Numbers of entries, from 1, each at the first free place from that of its key on.</summary>
    private int[] _places = new int[1 << 10];

    /// <summary>How many keys there are.</summary>
    public int Count { get; private set; }

    /// <summary>The value of the key that was added as this one, from 0.</summary>
    public ref TValue this[int at] => ref EntryAt(at).Value;

    /// <summary>The key that was added as this one, from 0.</summary>
    public TKey KeyAt(int at) => EntryAt(at).Key;

    /// <summary>As which one the key was added, from 0; -1 where it was not.</summary>
    public int IndexOf(TKey key) => _places[Place(key)] - 1;

    /// <summary>The key's value, which is added where it is not there.</summary>
    public ref TValue FindOrAdd(TKey key, out bool isNew)
    {
        int place = Place(key);
        isNew = _places[place] == 0;
        if (!isNew)
        {
            return ref this[_places[place] - 1];
        }

        if (Count % PartSize == 0)
        {
            _parts.Add(new Entry[PartSize]);
        }

        _places[place] = ++Count;
        ref Entry entry = ref EntryAt(Count - 1);
        entry.Key = key;
        if (Count > _places.Length / 4 * 3)
        {
            Grow();
        }

        return ref entry.Value;
    }

    private ref Entry EntryAt(int at) => ref _parts[at / PartSize][at % PartSize];

    private int Place(TKey key)
    {
        int place = key.GetHashCode() & (_places.Length - 1);
        while (_places[place] is int number and > 0 && !EntryAt(number - 1).Key.Equals(key))
        {
            place = (place + 1) & (_places.Length - 1);
        }

        return place;
    }

    private void Grow()
    {
        _places = new int[2 * _places.Length];
        for (int at = 0; at < Count; at++)
        {
            _places[Place(KeyAt(at))] = at + 1;
        }
    }

    private struct Entry
    {
        public TKey Key;
        public TValue Value;
    }
}
