using Org.BouncyCastle.Math.EC;

namespace Truebit.Proof;

/// <summary>A key of secp256k1, as far as everyone may know it.</summary>
public sealed class PublicKey : IEquatable<PublicKey>
{
    private const int Size = 65;

    private readonly ECPoint _point;
    private readonly Lazy<EthereumAddress> _address;

    internal PublicKey(ECPoint point)
    {
        _point = point;
        byte[] bytes = point.GetEncoded(compressed: false);
        Text = Hex.Write(bytes);
        _address = new Lazy<EthereumAddress>(() => EthereumAddress.OfPoint(bytes), LazyThreadSafetyMode.PublicationOnly);
    }

    /// <summary>The key's address.</summary>
    public EthereumAddress Address => _address.Value;

    /// <summary>04, X and Y in 130 digits, as the hub prints it (truebit-api.md 8.3, 2).</summary>
    public string Text { get; }

    /// <summary>Reads a key as the hub prints it; null, with the problem, where it is invalid.</summary>
    public static PublicKey? Read(string? text, out string problem)
    {
        byte[]? bytes = Hex.Read(text, Size);
        if (bytes is null || bytes[0] != 4)
        {
            problem = "it is not 04 and 128 more lower-case hexadecimal digits";
            return null;
        }

        ECPoint? point = Secp256k1.Decode(bytes);
        problem = point is null ? "it is not a point of the curve" : "";
        return point is null ? null : new PublicKey(point);
    }

    /// <summary>The public key that made <paramref name="signature"/> over <paramref name="hash"/>; null where there is none.</summary>
    /// <remarks>Almost any hash and numbers give some key: that a key is recovered says nothing until it is the expected one.</remarks>
    public static PublicKey? Recover(byte[] hash, RecoverableSignature signature)
    {
        CheckSize(hash);
        return Secp256k1.Recover(hash, signature) is ECPoint point ? new PublicKey(point) : null;
    }

    /// <summary>Whether <paramref name="signature"/>, v included, is this key's signature of <paramref name="hash"/>.</summary>
    public bool Verify(byte[] hash, RecoverableSignature signature)
    {
        CheckSize(hash);
        return Secp256k1.Verify(hash, signature, _point);
    }

    /// <inheritdoc/>
    public bool Equals(PublicKey? other) => other is not null && Text == other.Text;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as PublicKey);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Text);

    /// <inheritdoc/>
    public override string ToString() => Text;

    private static void CheckSize(byte[] hash)
    {
        if (hash.Length != Keccak256.Size)
        {
            throw new ArgumentException($"A hash has {Keccak256.Size} bytes.", nameof(hash));
        }
    }
}
