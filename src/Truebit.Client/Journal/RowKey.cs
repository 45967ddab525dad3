using System.Buffers.Text;

namespace Truebit.Client;

/// <summary>The name of a row in a journal, as memory keeps it: 16 bytes where the file has 32 hexadecimal digits.</summary>
internal readonly record struct RowKey(ulong First, ulong Second)
{
    private const int Digits = 32;

    /// <summary>Reads the digits; false where they are not a row's name.</summary>
    public static bool TryParse(ReadOnlySpan<byte> digits, out RowKey key)
    {
        bool isKey = digits.Length == Digits;
        ulong first = 0;
        ulong second = 0;
        isKey = isKey && Utf8Parser.TryParse(digits.Slice(0, Digits / 2), out first, out int read, 'x') && read == Digits / 2;
        isKey = isKey && Utf8Parser.TryParse(digits.Slice(Digits / 2), out second, out read, 'x') && read == Digits / 2;
        key = new RowKey(first, second);
        return isKey;
    }

    /// <inheritdoc cref="TryParse(ReadOnlySpan{byte}, out RowKey)"/>
    public static bool TryParse(string digits, out RowKey key)
    {
        Span<byte> bytes = stackalloc byte[Digits];
        key = default;
        if (digits.Length != Digits)
        {
            return false;
        }

        for (int at = 0; at < Digits; at++)
        {
            bytes[at] = digits[at] < 0x80 ? (byte)digits[at] : (byte)0;
        }

        return TryParse(bytes, out key);
    }
}
