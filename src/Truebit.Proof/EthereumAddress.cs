using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Truebit.Proof;

/// <summary>The address of a key: the last 20 bytes of the Keccak-256 of its coordinates, as Ethereum has it (truebit-api.md 8.3, 2).</summary>
public sealed class EthereumAddress : IEquatable<EthereumAddress>
{
    private const int Digits = 40;

    private readonly string _text;

    private EthereumAddress(string lowerDigits) => _text = "0x" + Checksum(lowerDigits);

    /// <summary>Reads an address. One in mixed case must have EIP-55's checksum, so that a typing error is not a stranger.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out EthereumAddress? address)
    {
        address = null;
        if (text is null || text.Length != Digits + 2 || text[0] != '0' || text[1] != 'x')
        {
            return false;
        }

        string digits = text.Substring(2);
        string lower = digits.ToLowerInvariant();
        if (Hex.Read(lower, Digits / 2) is null)
        {
            return false;
        }

        EthereumAddress parsed = new(lower);
        bool oneCase = digits == lower || digits == lower.ToUpperInvariant();
        address = oneCase || parsed._text == text ? parsed : null;
        return address is not null;
    }

    /// <inheritdoc/>
    public bool Equals(EthereumAddress? other) => other is not null && _text == other._text;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as EthereumAddress);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(_text);

    /// <summary>The address as it is usually written: 0x and 40 digits, whose case is a checksum (EIP-55).</summary>
    public override string ToString() => _text;

    /// <summary>The address of the point with these coordinates, 32 bytes each, after one byte that says how they are written.</summary>
    internal static EthereumAddress OfPoint(byte[] point)
    {
        byte[] hash = Keccak256.Hash(point, 1, point.Length - 1);
        return new EthereumAddress(Hex.Write(hash, Keccak256.Size - (Digits / 2), Digits / 2));
    }

    /// <summary>EIP-55: a letter is a capital where the same digit of the address's own hash is 8 or more.</summary>
    private static string Checksum(string lowerDigits)
    {
        byte[] hash = Keccak256.Hash(Encoding.ASCII.GetBytes(lowerDigits));
        char[] text = lowerDigits.ToCharArray();
        for (int at = 0; at < text.Length; at++)
        {
            int digit = at % 2 == 0 ? hash[at / 2] >> 4 : hash[at / 2] & 15;
            if (digit >= 8)
            {
                text[at] = char.ToUpperInvariant(text[at]);
            }
        }

        return new string(text);
    }
}
