using Org.BouncyCastle.Crypto.Digests;

namespace Truebit.Proof;

/// <summary>The hub's hash: Keccak with its original padding, which is not SHA3-256 (truebit-api.md 8.3, 3).</summary>
public static class Keccak256
{
    /// <summary>The number of bytes in a hash.</summary>
    public const int Size = 32;

    /// <summary>The hash of <paramref name="bytes"/>.</summary>
    public static byte[] Hash(byte[] bytes) => Hash(bytes, 0, bytes.Length);

    internal static byte[] Hash(byte[] bytes, int from, int count)
    {
        KeccakDigest digest = new(8 * Size);
        digest.BlockUpdate(bytes, from, count);
        byte[] hash = new byte[Size];
        digest.DoFinal(hash, 0);
        return hash;
    }
}
