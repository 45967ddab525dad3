using System.Net.Http.Headers;
using System.Text;

namespace Truebit.Client;

/// <summary>Makes UTF-8, which all else here reads, of an answer in another encoding.</summary>
internal static class BodyEncoding
{
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>How many bytes of a body in UTF-8 are its byte order mark.</summary>
    public static int MarkLength(ReadOnlySpan<byte> body) => body.StartsWith(ByteOrderMark) ? ByteOrderMark.Length : 0;

    /// <summary>Whether the body is compressed as it was asked for.</summary>
    public static bool IsGzip(HttpContentHeaders headers) => Coding(headers).Equals("gzip", StringComparison.OrdinalIgnoreCase);

    /// <summary>The body in UTF-8; as it came where its encoding is not one that is known here.</summary>
    /// <param name="body">What came, unpacked.</param>
    /// <param name="headers">What is said of it.</param>
    /// <param name="problem">Why it cannot be read, in words; null where it can.</param>
    public static byte[] ToUtf8(byte[] body, HttpContentHeaders headers, out string? problem)
    {
        string coding = Coding(headers);
        problem = coding.Length > 0 && !IsGzip(headers) ? $"the answer's body has the Content-Encoding '{coding}', which was not asked for" : null;
        string charset = headers.ContentType?.CharSet?.Trim('"', '\'', ' ') ?? "";
        if (problem is not null || charset.Length == 0 || charset.Replace("-", "").Equals("utf8", StringComparison.OrdinalIgnoreCase))
        {
            return body;
        }

        try
        {
            Encoding encoding = Encoding.GetEncoding(charset);
            return Encoding.Convert(encoding, Encoding.UTF8, body);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            problem = $"the answer's body has the charset '{charset}', which is not known here";
            return body;
        }
    }

    private static string Coding(HttpContentHeaders headers) =>
        string.Join(", ", headers.ContentEncoding.Where(static coding => !coding.Equals("identity", StringComparison.OrdinalIgnoreCase)));
}
