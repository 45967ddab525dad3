using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Truebit.Client;

/// <summary>
/// The text of a journal's lines: a JSON object each. Its last members are the checksum of the line before, so that a line which was
/// cut out or put in is found, and a checksum of all that stands before it.
/// </summary>
internal static class JournalText
{
    private const string PreviousMember = ",\"prev\":\"";
    private const string CheckMember = "\",\"check\":\"";
    private const int CheckDigits = 8;

    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        IgnoreReadOnlyProperties = true,
    };

    /// <summary>The checksum before the first line.</summary>
    public static string Beginning => new('0', CheckDigits);

    private static int TailLength => PreviousMember.Length + CheckDigits + CheckMember.Length + CheckDigits + 2;

    /// <summary>The line's bytes, with its end.</summary>
    /// <param name="line">What it says.</param>
    /// <param name="previous">The checksum of the line before; that of this line afterwards.</param>
    public static byte[] Write<T>(T line, ref string previous)
    {
        string json = JsonSerializer.Serialize(line, Options);
        string body = $"{json.Substring(0, json.Length - 1)}{PreviousMember}{previous}";
        previous = Check(Encoding.UTF8.GetBytes(body));
        return Encoding.UTF8.GetBytes($"{body}{CheckMember}{previous}\"}}\n");
    }

    /// <summary>What a line says; null when it does not fit its checksum.</summary>
    /// <param name="line">Its bytes, without the end.</param>
    /// <param name="previous">The checksum that it gives for the line before.</param>
    /// <param name="check">Its own.</param>
    public static T? Read<T>(ReadOnlySpan<byte> line, out string previous, out string check)
        where T : class
    {
        (previous, check) = ("", "");
        if (line.Length <= TailLength)
        {
            return null;
        }

        string tail = Encoding.UTF8.GetString(line.Slice(line.Length - TailLength).ToArray());
        int bodyLength = line.Length - CheckMember.Length - CheckDigits - 2;
        string found = Check(line.Slice(0, bodyLength).ToArray());
        previous = tail.Substring(PreviousMember.Length, CheckDigits);
        if (tail != $"{PreviousMember}{previous}{CheckMember}{found}\"}}")
        {
            return null;
        }

        check = found;
        try
        {
            return JsonSerializer.Deserialize<T>(line, Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Check(byte[] body)
    {
        using SHA256 sha = SHA256.Create();
        return RowIdentity.ToHex(sha.ComputeHash(body), CheckDigits / 2);
    }
}
