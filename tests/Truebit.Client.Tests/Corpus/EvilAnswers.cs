using System.Text;
using Truebit.Client.Tests.Support;
using static Truebit.Client.Tests.Corpus.EvilAnswer;

namespace Truebit.Client.Tests.Corpus;

/// <summary>
/// Answers that were tried on the module by people who wished it ill: HTTP that is none, bodies that are none, ids that are none,
/// statuses that prove nothing, secrets that come back. In each case the hub has executed the task.
/// </summary>
internal static class EvilAnswers
{
    private const string Id = ExecutionId;

    private static readonly byte[] Plain = Encoding.UTF8.GetBytes(Accepting);

    public static IEnumerable<EvilAnswer> All => Protocols.Concat(Lengths).Concat(Compressions).Concat(Bodies).Concat(Ids).Concat(Statuses).Concat(Echoes);

    private static EvilAnswer[] Protocols =>
    [
        Accepted("100 first", [.. "HTTP/1.1 100 Continue\r\n\r\n"u8, .. Http(200, Accepting)]),
        Accepted("103 five times first", [.. Repeat("HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n", 5), .. Http(200, Accepting)]),
        Unknown("20,000 times 100", [.. Repeat("HTTP/1.1 100 Continue\r\n\r\n", 20_000), .. Http(200, Accepting)]),
        Unknown("100 and nothing more", Encoding.ASCII.GetBytes("HTTP/1.1 100 Continue\r\n\r\n")),
        Unknown("101", Encoding.ASCII.GetBytes("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n")),
        Accepted("HTTP/1.0 without a length", Head("HTTP/1.0 200 OK", Plain)),
        Unknown("HTTP/1.0 cut off", Head("HTTP/1.0 200 OK", Plain[..^3])),
        Unknown("HTTP/0.9", Plain),
        Unknown("nothing", []),
        Unknown("garbage", [.. Enumerable.Range(0, 200).Select(static n => (byte)(n * 37)), .. "\r\n\r\n"u8]),
        Unknown("HTTP/2", [0, 0, 0x12, 4, 0, 0, 0, 0, 0, .. new byte[40]]),
        Unknown("SSH", Encoding.ASCII.GetBytes("SSH-2.0-OpenSSH_9.6\r\n")),
        Unknown("a status that is no number", Http("2x0", Accepting)),
        Accepted("no reason", Head("HTTP/1.1 200", Plain, $"Content-Length: {Plain.Length}")),
        Unknown("a header without a colon", Head("HTTP/1.1 200 OK", Plain, $"Content-Length: {Plain.Length}", "this header has no colon")),
        Unknown("a header of a megabyte", Http(200, Accepting, "X-A: " + new string('a', 1 << 20))),
        Accepted("a cookie", Http(200, Accepting, "Set-Cookie: sid=abc; Path=/")),
    ];

    private static EvilAnswer[] Lengths =>
    [
        Accepted("two lengths", Head("HTTP/1.1 200 OK", Plain, $"Content-Length: {Plain.Length}", $"Content-Length: {Plain.Length + 5}")),
        Unknown("a longer length", Head("HTTP/1.1 200 OK", Plain, $"Content-Length: {Plain.Length + 10}"), Id),
        Unknown("a shorter length", Head("HTTP/1.1 200 OK", Plain, $"Content-Length: {Plain.Length - 1}"), Id),
        Unknown("no length to speak of", Head("HTTP/1.1 200 OK", Plain, "Content-Length: 0")),
        Accepted("a length that is text", Head("HTTP/1.1 200 OK", Plain, "Content-Length: abc")),
        Accepted("a chunk a byte", Chunks(string.Concat(Accepting.Select(static c => $"1\r\n{c}\r\n")) + "0\r\n\r\n")),
        Unknown("a size of chunk that is none", Chunks($"zz\r\n{Accepting}\r\n0\r\n\r\n")),
        Unknown("no last chunk", Chunks(Chunk(Accepting)), Id),
        Unknown("a chunk without end", Chunks($"ffffffffffffffff\r\n{Accepting}\r\n0\r\n\r\n"), Id),
        Unknown("a chunk below zero", Chunks($"-5\r\n{Accepting}\r\n0\r\n\r\n")),
        Unknown("a chunk that goes on", Chunks($"{Accepting.Length:x}\r\n{Accepting}XX0\r\n\r\n")),
    ];

    private static EvilAnswer[] Compressions =>
    [
        Accepted("gzip", Http(200, Gzip(Accepting), "Content-Encoding: gzip")),
        Accepted("GZIP", Http(200, Gzip(Accepting), "Content-Encoding: GZIP")),
        Unknown("gzip with a wrong checksum", Http(200, Flip(Gzip(Accepting), 7), "Content-Encoding: gzip")),
        Unknown("gzip cut off", Http(200, Gzip(Accepting)[..^20], "Content-Encoding: gzip")),
        Unknown("gzip that is none", Http(200, Accepting, "Content-Encoding: gzip")),
        Unknown("gzip twice", Http(200, Gzip(Accepting), "Content-Encoding: gzip, gzip")),
        Unknown("gzip with another answer behind", Http(200, [.. Gzip(Accepting), .. Gzip("""{"executionId":"second"}""")], "Content-Encoding: gzip"), Id),
        Unknown("br", Http(200, [0x0B, 2, 0x80, (byte)'{', (byte)'}', 3], "Content-Encoding: br")),
        Unknown("a bomb", Http(200, Gzip(Accepting + new string(' ', 40_000_000)), "Content-Encoding: gzip"), Id),
    ];

    private static EvilAnswer[] Bodies =>
    [
        Unknown("blanks", Http(200, "  \r\n\t ")),
        Accepted("a byte order mark", Http(200, "\uFEFF" + Accepting)),
        Unknown("UTF-16 that is not named", Http(200, Encoding.Unicode.GetBytes(Accepting))),
        Accepted("UTF-16 that is named", Http(200, Encoding.Unicode.GetBytes(Accepting), "Content-Type: application/json; charset=utf-16")),
        Accepted("Latin-1", Http(200, Encoding.Latin1.GetBytes($$"""{"executionId":"{{Id}}","note":"caf√"}""".Replace('√', 'é')), "Content-Type: application/json; charset=iso-8859-1")),
        Unknown("zeros behind", Http(200, [.. Plain, 0, 0]), Id),
        Unknown("an array", Http(200, $"[{Accepting}]")),
        Unknown("a string", Http(200, $"\"{Id}\"")),
        Unknown("null", Http(200, "null")),
        Unknown("two answers", Http(200, Accepting + Accepting), Id),
        Unknown("a comma too many", Http(200, Accepting[..^1] + ",}"), Id),
        Unknown("a comment", Http(200, "/* hi */" + Accepting)),
        Unknown("single quotes", Http(200, Accepting.Replace('"', '\''))),
        Unknown("a guard against inclusion", Http(200, ")]}',\n" + Accepting)),
        Unknown("a page", Http(200, "<html><title>Login</title></html>", "Content-Type: text/html")),
        Unknown("an envelope", Http(200, $$"""{"data":{{Accepting}} }""")),
        Unknown("another case", Http(200, Accepting.Replace("executionId", "ExecutionID"))),
        Unknown("100,000 deep before the id", Http(200, $$"""{"a":{{Deep(100_000)}},"executionId":"{{Id}}"}"""), Id),
        Unknown("1,500 deep behind the id", Http(200, $$"""{"executionId":"{{Id}}","a":{{Deep(1_500)}}}"""), Id),
        Unknown("NaN", Http(200, $$"""{"executionId":"{{Id}}","clearTextSolution":{"output":NaN} }"""), Id),
    ];

    private static EvilAnswer[] Ids =>
    [
        Unknown("two", Http(200, """{"executionId":"one","executionId":"two"}""")),
        Unknown("one and null", Http(200, $$"""{"executionId":"{{Id}}","executionId":null}"""), Id),
        Accepted("one, twice", Http(200, $$"""{"executionId":"{{Id}}","executionId":"{{Id.ToUpperInvariant()}}"}"""), Id.ToUpperInvariant()),
        Accepted("a number", Http(200, """{"executionId":12345678901234567890123}"""), "12345678901234567890123"),
        Unknown("null", Http(200, """{"executionId":null}""")),
        Unknown("true", Http(200, """{"executionId":true}""")),
        Unknown("an object", Http(200, """{"executionId":{"a":"b"}}""")),
        Unknown("empty", Http(200, """{"executionId":""}""")),
        Unknown("blanks", Http(200, """{"executionId":"   "}""")),
        Unknown("a million letters", Http(200, $$"""{"executionId":"{{new string('L', 1_000_000)}}"}""")),
        Accepted("slashes", Http(200, """{"executionId":"a/b/c"}"""), "a/b/c"),
        Unknown("..", Http(200, """{"executionId":".."}""")),
        Unknown(".", Http(200, """{"executionId":"."}""")),
        Accepted("a path", Http(200, """{"executionId":"../../../etc/passwd"}"""), "../../../etc/passwd"),
        Accepted("a query", Http(200, """{"executionId":"a?x=1&y=2#frag"}"""), "a?x=1&y=2#frag"),
        Accepted("percent signs", Http(200, """{"executionId":"%2e%2e%2fx"}"""), "%2e%2e%2fx"),
        Unknown("line breaks", Http(200, """{"executionId":"a\r\nX-Injected: 1\r\n\r\nGET /evil HTTP/1.1\r\n"}""")),
        Unknown("a terminal's commands", Http(200, """{"executionId":"\u001b[2J\u001b]0;pwned\u0007id"}""")),
        Unknown("another direction", Http(200, """{"executionId":"\u00fcn\u00ef-\u202e-x"}""")),
        Unknown("half a character", Http(200, """{"executionId":"\ud800x"}""")),
        Unknown("a zero", Http(200, """{"executionId":"a\u0000b"}""")),
    ];

    private static IEnumerable<EvilAnswer> Statuses =>
    [
        .. new[] { 201, 202, 203, 206, 207, 226 }.Select(static status => Accepted($"{status} with an id", Http(status, Accepting))),
        .. new[]
        {
            300, 301, 302, 303, 305, 307, 308, 400, 401, 402, 403, 404, 405, 406, 407, 408, 409, 410, 411, 412, 413, 414, 415, 416, 417, 418, 421, 422, 423, 424,
            425, 426, 428, 429, 431, 451, 499, 500, 501, 502, 503, 504, 505, 507, 508, 511, 520, 522, 524, 530, 599, 999,
        }.Select(static status => Unknown($"{status} with an id", Http(status, Accepting, "Location: http://127.0.0.1:1/elsewhere", "Retry-After: 0"), Id)),
        .. new[] { 400, 401, 402, 403, 404, 413, 415, 422 }.Select(static status => Refused($"{status} without an id", Http(status, """{"message":"no"}"""))),
        Unknown("503 of a cache", Http(503, "<title>503 Backend fetch failed</title>", "Retry-After: 0", "Via: 1.1 varnish")),
        Unknown("407", Http(407, "{}", "Proxy-Authenticate: Basic realm=x")),
        Unknown("303", Http(303, "", "Location: http://127.0.0.1:1/elsewhere")),
    ];

    /// <summary>The key comes back, in many spellings.</summary>
    private static EvilAnswer[] Echoes =>
    [
        Refused("plain", Http(400, $$"""{"message":"bad key {{Hub.Key}}"}""")),
        Refused("entities of HTML", Http(400, $"<html><body>Bad key <b>{Key(static c => $"&#{(int)c};")}</b></body></html>")),
        Refused("with a tag in it", Http(400, $"<html><body>Bad key {Hub.Key[..10]}<b></b>{Hub.Key[10..]}</body></html>")),
        Refused("escapes of JSON", Http(400, $$"""{"message":"{{Key(static c => $"\\u{(int)c:x4}")}}"}""")),
        Refused("percent signs", Http(400, $$"""{"message":"{{Key(static c => $"%{(int)c:x2}")}}"}""")),
        Refused("Base64", Http(400, $$"""{"message":"{{Convert.ToBase64String(Encoding.UTF8.GetBytes(Hub.Key))}}"}""")),
        Refused("capitals", Http(400, $$"""{"message":"key {{Hub.Key.ToUpperInvariant()}}"}""")),
        Refused("a member's name", Http(400, $$"""{"{{Hub.Key}}":{"x":"{{Hub.Key}}"} }""")),
        Unknown("the id", Http(200, $$"""{"executionId":"exec-{{Hub.Key}}-1"}""")),
        Unknown("the id of a refusal", Http(400, $$"""{"executionId":"exec-{{Hub.Key}}-1"}""")),
        Unknown("the host of a redirect", Http(302, "", $"Location: https://{Hub.Key}.evil.example/x")),
        Unknown("the status line", Encoding.ASCII.GetBytes($"HTTP/1.1 key={Hub.Key} bad\r\n\r\n")),
        Unknown("a line of a header", Head("HTTP/1.1 200 OK", [], $"your key was {Hub.Key}")),
        Unknown("a header's name", Head("HTTP/1.1 200 OK", [], $"x {Hub.Key}: 1")),
        Unknown("a chunk", Chunks($"1\r\n{{{Hub.Key}\r\n")),
        Unknown("the reason", Head($"HTTP/1.1 500 key {Hub.Key}", [], "Content-Length: 0")),
        Unknown("headers", Http(500, "", $"Retry-After: {Hub.Key}", $"Set-Cookie: k={Hub.Key}", $"WWW-Authenticate: {Hub.Key}")),
        Unknown("a terminal's commands", Head("HTTP/1.1 200 OK", [], "\u001b]0;pwned\u0007\u001b[2J no colon")),
    ];

    private static string Deep(int levels) => new string('[', levels) + new string(']', levels);

    private static byte[] Repeat(string text, int times) => Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(text, times)));
}
