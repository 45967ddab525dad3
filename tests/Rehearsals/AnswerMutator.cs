using System.IO.Compression;
using System.Text;

namespace Truebit.Rehearsals;

/// <summary>Makes wrong answers of right ones: a few changes to the JSON, to its bytes and to the HTTP around it; the same for a seed.</summary>
/// <param name="random">Draws; used by one thread at a time.</param>
/// <param name="secrets">What a hub may quote wherever text can stand.</param>
internal sealed class AnswerMutator(Random random, string[] secrets)
{
    private static readonly string[] Odd =
    [
        "null", "true", "[]", "{}", "\"\"", "0", "-1", "1e999", "12345678901234567890123", "\"\\ud800\"", "\"\\u001b[31m\"", "\"..\"", "NaN", "{\"a\":{\"b\":[1,null]}}", "\"\\u202e\"",
    ];

    /// <summary>Statuses that do not say whether the task was executed.</summary>
    private static readonly int[] Vague = [201, 202, 206, 302, 303, 407, 408, 409, 418, 500, 502, 503, 504, 520];

    /// <summary>The answer, changed or not.</summary>
    /// <param name="json">The right one: an object.</param>
    /// <param name="otherId">The id of another row's execution; null where there is none yet.</param>
    public byte[] Mutate(string json, string? otherId)
    {
        int status = 200;
        for (int changes = random.Next(4); changes > 0; changes--)
        {
            json = Change(json, otherId);
        }

        if (random.Next(5) == 0)
        {
            status = Vague[random.Next(Vague.Length)];
        }

        byte[] body = Bytes(json, out string? encoding);
        return Http(status, body, encoding);
    }

    /// <summary>An answer as HTTP wants it.</summary>
    public static byte[] Http(int status, string body, string more = "") =>
        Encoding.UTF8.GetBytes($"HTTP/1.1 {status} X\r\nContent-Type: application/json\r\n{more}Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n\r\n{body}");

    private string Change(string json, string? otherId)
    {
        int at = Place(json, ',');
        return random.Next(14) switch
        {
            0 => json.Insert(json.IndexOf('{') + 1, $"\"{Secret()}\":\"{Secret()}\","),
            1 => json.Insert(at, $",\"more\":{Odd[random.Next(Odd.Length)]}"),
            2 => json.Insert(at, $",\"message\":\"{Secret()}\""),
            3 => json.Insert(at, $",\"status\":{Odd[random.Next(Odd.Length)]}"),
            4 => json.Insert(at, $",\"executionId\":{Odd[random.Next(Odd.Length)]}"),
            5 when otherId is not null => json.Insert(at, $",\"executionId\":\"{otherId}\""),
            6 when otherId is not null => json.Replace("\"executionId\":\"", $"\"executionId\":\"{otherId}\",\"was\":\""),
            7 => json.Replace("executionId", "execution_id"),
            8 => $"{{\"data\":{json}}}",
            9 => json.Insert(at, $",\"deep\":{new string('[', 2_000)}{new string(']', 2_000)}"),
            10 => json.Replace("\"executionId\":\"", $"\"executionId\":\"{Secret()}"),
            11 => $"<html><title>{Secret()}</title>{json}</html>",
            12 => json.Replace("\"Success\"", Odd[random.Next(Odd.Length)]),
            _ => json,
        };
    }

    private byte[] Bytes(string json, out string? encoding)
    {
        encoding = null;
        byte[] bytes = Encoding.UTF8.GetBytes(json);
        switch (random.Next(16))
        {
            case 0:
                return bytes[..random.Next(bytes.Length)];
            case 1:
                bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
                return bytes;
            case 2:
                return [0xEF, 0xBB, 0xBF, .. bytes];
            case 3:
                return Encoding.Unicode.GetBytes(json);
            case 4:
                return [.. bytes, 0, 0];
            case 5:
                encoding = "gzip";
                return Gzip(bytes, 0);
            case 6:
                encoding = "gzip";
                byte[] packed = Gzip(bytes, 0);
                return packed[..random.Next(packed.Length)];
            case 7 when random.Next(4) == 0:
                encoding = "gzip";
                return Gzip(bytes, 8 * 1024 * 1024);
            case 8:
                encoding = "gzip";
                return bytes;
            default:
                return bytes;
        }
    }

    private byte[] Http(int status, byte[] body, string? encoding)
    {
        StringBuilder head = new($"HTTP/1.1 {status} X\r\nConnection: close\r\n");
        head.Append(encoding is null ? "" : $"Content-Encoding: {encoding}\r\n");
        head.Append(status is 503 ? "Retry-After: 0\r\n" : status is 302 or 303 ? $"Location: https://{Secret()}.elsewhere.example/\r\n" : "");
        switch (random.Next(12))
        {
            case 0:
                head.Append($"Content-Length: {body.Length + 10}\r\n\r\n");
                break;
            case 1:
                head.Append("\r\n");
                break;
            case 2:
                head.Append($"Transfer-Encoding: chunked\r\n\r\n{body.Length:x}\r\n");
                break;
            case 3:
                head.Append($"a line that quotes {Secret()}\r\nContent-Length: {body.Length}\r\n\r\n");
                break;
            default:
                head.Append($"Content-Length: {body.Length}\r\n\r\n");
                break;
        }

        return [.. Encoding.UTF8.GetBytes(head.ToString()), .. body];
    }

    private string Secret() => secrets[random.Next(secrets.Length)];

    /// <summary>The place of one of the characters, drawn; the end of the object where there is none.</summary>
    private int Place(string json, char what)
    {
        int[] places = [.. Enumerable.Range(0, json.Length).Where(at => json[at] == what)];
        return places.Length == 0 ? Math.Max(0, json.LastIndexOf('}')) : places[random.Next(places.Length)];
    }

    private static byte[] Gzip(byte[] body, int blanks)
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(body);
            gzip.Write(Encoding.ASCII.GetBytes(new string(' ', blanks)));
        }

        return packed.ToArray();
    }
}
