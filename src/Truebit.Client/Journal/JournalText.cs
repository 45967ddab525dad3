using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;

namespace Truebit.Client;

/// <summary>
/// The text of a journal's lines: a JSON object each. Its last member is the checksum of the line before, so that a line which was cut
/// out or put in is found, and a checksum of all that stands before it.
/// </summary>
internal static class JournalText
{
    /// <summary>How much <see cref="End"/> adds: the member's name, two checksums with a dash between them, and three bytes.</summary>
    public const int EndLength = 10 + CheckDigits + 1 + CheckDigits + 3;

    private const int CheckDigits = 8;

    /// <summary>The words of the file, by the numbers of the states.</summary>
    public static readonly byte[][] States = ["sending"u8.ToArray(), "accepted"u8.ToArray(), "finished"u8.ToArray(), "refused"u8.ToArray(), "unknown"u8.ToArray()];

    /// <summary>The words of the file, by the numbers of the hub's statuses.</summary>
    public static readonly byte[][] Statuses = ["running"u8.ToArray(), "success"u8.ToArray(), "error"u8.ToArray(), "indeterminate"u8.ToArray(), "unknown"u8.ToArray()];

    /// <summary>The words of the file, by the numbers of the families of tasks.</summary>
    public static readonly byte[][] Kinds = ["api"u8.ToArray(), "function"u8.ToArray()];

    private static ReadOnlySpan<byte> CheckMember => ",\"check\":\""u8;

    /// <summary>Ends a line: its checksums, the end of the object, and that of the line.</summary>
    /// <param name="line">The line so far, without the end of the object. It is longer by <see cref="EndLength"/> afterwards.</param>
    /// <param name="length">How many bytes of it there are.</param>
    /// <param name="previous">The checksum of the line before; that of this line afterwards.</param>
    public static void End(byte[] line, int length, ref uint previous)
    {
        Span<byte> end = line.AsSpan(length, EndLength);
        CheckMember.CopyTo(end);
        int at = CheckMember.Length;
        Write(previous, end.Slice(at));
        at += CheckDigits;
        end[at++] = (byte)'-';
        previous = Check(line.AsSpan(0, length + at));
        Write(previous, end.Slice(at));
        at += CheckDigits;
        "\"}\n"u8.CopyTo(end.Slice(at));
    }

    /// <summary>Whether a line fits its checksum.</summary>
    /// <param name="line">Its bytes, without the end.</param>
    /// <param name="body">The line up to the comma before its checksums.</param>
    /// <param name="previous">The checksum that it gives for the line before.</param>
    /// <param name="check">Its own.</param>
    public static bool TryCheck(ReadOnlySpan<byte> line, out ReadOnlySpan<byte> body, out uint previous, out uint check)
    {
        int start = line.Length - (EndLength - 1);
        body = default;
        (previous, check) = (0, 0);
        if (start <= 0)
        {
            return false;
        }

        ReadOnlySpan<byte> tail = line.Slice(start);
        int second = CheckMember.Length + CheckDigits + 1;
        if (!tail.StartsWith(CheckMember) || !tail.EndsWith("\"}"u8)
            || !Utf8Parser.TryParse(tail.Slice(CheckMember.Length, CheckDigits), out previous, out int read, 'x') || read != CheckDigits)
        {
            return false;
        }

        check = Check(line.Slice(0, start + second));
        Span<byte> digits = stackalloc byte[CheckDigits];
        Write(check, digits);
        body = line.Slice(0, start + 1);
        return digits.SequenceEqual(tail.Slice(second, CheckDigits));
    }

    private static void Write(uint check, Span<byte> digits) => Utf8Formatter.TryFormat(check, digits, out _, new StandardFormat('x', CheckDigits));

    private static uint Check(ReadOnlySpan<byte> text)
    {
#if NETFRAMEWORK
        using SHA256 sha = SHA256.Create();
        byte[] hash = sha.ComputeHash(text.ToArray());
#else
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text, hash);
#endif
        return BinaryPrimitives.ReadUInt32BigEndian(hash);
    }
}
