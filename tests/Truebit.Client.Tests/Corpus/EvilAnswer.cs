using System.IO.Compression;
using System.Text;
using Truebit.Client.Tests.Support;

namespace Truebit.Client.Tests.Corpus;

/// <summary>One answer to a submission, byte for byte, and what it must come to.</summary>
/// <param name="Name">The case.</param>
/// <param name="Bytes">What the hub writes; then it closes the connection.</param>
/// <param name="Ending">The outcome: accepted, refused or unknown.</param>
/// <param name="Id">The id that is taken, or kept as a candidate; null for none.</param>
internal sealed record EvilAnswer(string Name, byte[] Bytes, string Ending, string? Id)
{
    /// <summary>The id that the hub has given the execution.</summary>
    public const string ExecutionId = "5f1c0de0-0000-4000-8000-0000000000aa";

    /// <summary>An answer with only an id.</summary>
    public const string Accepting = $$"""{"executionId":"{{ExecutionId}}"}""";

    public static EvilAnswer Accepted(string name, byte[] bytes, string id = ExecutionId) => new(name, bytes, "accepted", id);

    public static EvilAnswer Refused(string name, byte[] bytes) => new(name, bytes, "refused", null);

    public static EvilAnswer Unknown(string name, byte[] bytes, string? candidate = null) => new(name, bytes, "unknown", candidate);

    /// <summary>A whole answer.</summary>
    /// <param name="status">The status, or what stands in its place.</param>
    /// <param name="body">The body.</param>
    /// <param name="headers">Headers besides Content-Length.</param>
    public static byte[] Http(object status, byte[] body, params string[] headers) => Head($"HTTP/1.1 {status} Whatever", body, [$"Content-Length: {body.Length}", .. headers]);

    public static byte[] Http(object status, string body, params string[] headers) => Http(status, Encoding.UTF8.GetBytes(body), headers);

    /// <summary>An answer with exactly these lines before its body.</summary>
    public static byte[] Head(string line, byte[] body, params string[] headers) =>
        [.. Encoding.Latin1.GetBytes(string.Join("\r\n", [line, .. headers, "", ""])), .. body];

    /// <summary>An answer whose body is in chunks as they are given.</summary>
    public static byte[] Chunks(string chunks) => Head("HTTP/1.1 200 OK", Encoding.UTF8.GetBytes(chunks), "Transfer-Encoding: chunked");

    /// <summary>A body in one chunk, without the last one.</summary>
    public static string Chunk(string body) => $"{body.Length:x}\r\n{body}\r\n";

    public static byte[] Gzip(string body)
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(body));
        }

        return packed.ToArray();
    }

    /// <summary>The bytes with one of them turned over, counted from the end.</summary>
    public static byte[] Flip(byte[] bytes, int fromEnd)
    {
        bytes[^fromEnd] ^= 0xFF;
        return bytes;
    }

    /// <summary>An answer to a question for an id, from a hub that is not evil.</summary>
    public static byte[] Done(string id) => Http(200, $$"""{"executionId":"{{id}}","clearTextSolution":{"output":1},"status":"Success"}""");

    /// <summary>The key, letter by letter in a spelling.</summary>
    public static string Key(Func<char, string> spell) => string.Concat(Hub.Key.Select(spell));
}
