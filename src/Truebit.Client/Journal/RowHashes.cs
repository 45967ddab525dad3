using System.Globalization;
using System.Security.Cryptography;

namespace Truebit.Client;

/// <summary>The keyed hashes by which a journal names rows. Not for several threads at a time.</summary>
internal sealed class RowHashes(JournalHeader header) : IDisposable
{
    private readonly HMAC[][] _groups = [.. header.HashKeys.Select(static group => group.Select(static key => (HMAC)new HMACSHA256(Bytes(key))).ToArray())];

    /// <summary>How many names a row may have; the first is that of a new one.</summary>
    public int Count => _groups.Length;

    /// <summary>One of the names that a row may have.</summary>
    public string Name(int number, RowIdentity row) => row.Keyed(Hash(_groups[number], row));

    /// <summary>One of the names that a row's request may have, in the same order.</summary>
    public string Name(int number, RowIdentity row, RowIdentity request) => request.Keyed(Hash(_groups[number], row));

    public void Dispose()
    {
        foreach (HMAC hash in _groups.SelectMany(static group => group))
        {
            hash.Dispose();
        }
    }

    /// <summary>In a merged journal each shard's rows have the key that they had in its own.</summary>
    private static HMAC Hash(HMAC[] group, RowIdentity row) => group[row.Part(group.Length)];

    private static byte[] Bytes(string key) =>
        [.. Enumerable.Range(0, key.Length / 2).Select(at => byte.Parse(key.Substring(2 * at, 2), NumberStyles.HexNumber))];
}
