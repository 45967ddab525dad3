namespace Truebit.Proof;

/// <summary>Hexadecimal digits as the hub prints them: lower case, no prefix (truebit-api.md 2.5).</summary>
internal static class Hex
{
    private const string Digits = "0123456789abcdef";

    public static string Write(byte[] bytes) => Write(bytes, 0, bytes.Length);

    public static string Write(byte[] bytes, int from, int count)
    {
        char[] text = new char[2 * count];
        for (int at = 0; at < count; at++)
        {
            text[2 * at] = Digits[bytes[from + at] >> 4];
            text[(2 * at) + 1] = Digits[bytes[from + at] & 15];
        }

        return new string(text);
    }

    /// <summary>The bytes; null where <paramref name="text"/> is not exactly that many bytes in lower-case digits.</summary>
    /// <remarks>One spelling only: what a signature does not cover (the root's own hash and signature) must not be free to vary.</remarks>
    public static byte[]? Read(string? text, int count)
    {
        if (text is null || text.Length != 2 * count)
        {
            return null;
        }

        byte[] bytes = new byte[count];
        for (int at = 0; at < text.Length; at++)
        {
            int digit = text[at] switch
            {
                >= '0' and <= '9' => text[at] - '0',
                >= 'a' and <= 'f' => text[at] - 'a' + 10,
                _ => -1,
            };
            if (digit < 0)
            {
                return null;
            }

            bytes[at / 2] = (byte)((bytes[at / 2] << 4) | digit);
        }

        return bytes;
    }
}
