using System.Globalization;
using System.Security.Cryptography;

namespace Truebit.Client;

/// <summary>The keyed hashes by which a journal names rows. Not for several threads at a time.</summary>
internal sealed class RowHashes(JournalHeader header) : IDisposable
{
    private readonly HMAC[][] _groups = [.. header.HashKeys.Select(static group => group.Select(static key => (HMAC)new HMACSHA256(Bytes(key))).ToArray())];

    /// <summary>The names that a row may have; the first is that of a new one.</summary>
    public IEnumerable<string> Names(RowIdentity row) => _groups.Select(group => row.Keyed(Hash(group, row)));

    /// <summary>The names that a row's request may have, in the same order.</summary>
    public IEnumerable<string> Names(RowIdentity row, RowIdentity request) => _groups.Select(group => request.Keyed(Hash(group, row)));

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
