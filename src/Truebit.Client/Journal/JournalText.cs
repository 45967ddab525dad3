using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Truebit.Client;

/// <summary>The text of a journal's lines: a JSON object each, whose last member is a checksum of what stands before it.</summary>
internal static class JournalText
{
    private const string CheckMember = ",\"check\":\"";
    private const int CheckDigits = 8;

    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        IgnoreReadOnlyProperties = true,
    };

    /// <summary>The line's bytes, with its end.</summary>
    public static byte[] Write<T>(T line)
    {
        string json = JsonSerializer.Serialize(line, Options);
        string body = json.Substring(0, json.Length - 1);
        return Encoding.UTF8.GetBytes($"{body}{CheckMember}{Check(Encoding.UTF8.GetBytes(body))}\"}}\n");
    }

    /// <summary>What a line says; null when it is not whole.</summary>
    /// <param name="line">Its bytes, without the end.</param>
    public static T? Read<T>(ReadOnlySpan<byte> line)
        where T : class
    {
        int tail = CheckMember.Length + CheckDigits + 2;
        if (line.Length <= tail)
        {
            return null;
        }

        byte[] body = line.Slice(0, line.Length - tail).ToArray();
        string end = Encoding.UTF8.GetString(line.Slice(line.Length - tail).ToArray());
        if (end != $"{CheckMember}{Check(body)}\"}}")
        {
            return null;
        }

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
