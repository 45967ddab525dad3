namespace Truebit.Client;

/// <summary>
/// The ids of many executions, as hashes of 64 bits: 8 to 16 bytes for each. Two of a million ids have the same hash once in thirty million
/// runs; then a result would be called unknown, which is safe. Not for several threads at a time.
/// </summary>
internal sealed class ExecutionIdSet
{
    private const ulong Basis = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    /// <summary>Hashes, each at the first free place from its own on; 0 where there is none.</summary>
    private ulong[] _places = new ulong[1 << 8];
    private int _count;

    /// <summary>The hash of an id. Hubs write the same id in both cases.</summary>
    public static ulong Hash(string id)
    {
        ulong hash = Basis;
        foreach (char c in id)
        {
            hash = (hash ^ char.ToUpperInvariant(c)) * Prime;
        }

        return Mix(hash);
    }

    /// <summary>The hash of an id as it stands in JSON; null where it has letters that are not ASCII, or escapes.</summary>
    public static ulong? TryHash(ReadOnlySpan<byte> id)
    {
        ulong hash = Basis;
        foreach (byte c in id)
        {
            if (c is >= 0x80 or (byte)'\\')
            {
                return null;
            }

            hash = (hash ^ (c is >= (byte)'a' and <= (byte)'z' ? c - 32u : c)) * Prime;
        }

        return Mix(hash);
    }

    /// <summary>Whether an id with this hash is there.</summary>
    public bool Contains(ulong hash) => _places[Place(hash)] != 0;

    /// <summary>Adds an id by its hash; false where it is there.</summary>
    public bool Add(ulong hash)
    {
        int place = Place(hash);
        if (_places[place] != 0)
        {
            return false;
        }

        _places[place] = hash;
        if (++_count > _places.Length / 4 * 3)
        {
            Grow();
        }

        return true;
    }

    /// <summary>FNV-1a leaves its lower bits too much alike.</summary>
    private static ulong Mix(ulong hash)
    {
        hash = (hash ^ (hash >> 33)) * 0xff51afd7ed558ccd;
        hash = (hash ^ (hash >> 33)) * 0xc4ceb9fe1a85ec53;
        return Math.Max(1, hash ^ (hash >> 33));
    }

    private int Place(ulong hash)
    {
        int place = (int)hash & (_places.Length - 1);
        while (_places[place] != 0 && _places[place] != hash)
        {
            place = (place + 1) & (_places.Length - 1);
        }

        return place;
    }

    private void Grow()
    {
        ulong[] old = _places;
        _places = new ulong[2 * old.Length];
        foreach (ulong hash in old)
        {
            if (hash != 0)
            {
                _places[Place(hash)] = hash;
            }
        }
    }
}
