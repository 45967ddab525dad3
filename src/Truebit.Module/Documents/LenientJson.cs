using System.Globalization;
using System.Text.Json;
using Truebit.Client;

namespace Truebit.Documents;

/// <summary>
/// Reads the hub's members by any of the names that its generations use, numbers as text and text as numbers
/// (truebit-api.md 9 and 11). A member that is missing or has another form is null.
/// </summary>
internal static class LenientJson
{
    /// <summary>A Unix time above this is in milliseconds: in seconds that would be the year 5138.</summary>
    private const long FirstInMilliseconds = 100_000_000_000;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = JsonLimits.MaxDocumentDepth };

    /// <summary>Parses what the client has read before.</summary>
    public static JsonDocument Parse(string json) => JsonDocument.Parse(json.TrimStart('\uFEFF'), Options);

    public static JsonElement? Member(this JsonElement element, params string[] names)
    {
        foreach (string name in element.ValueKind == JsonValueKind.Object ? names : [])
        {
            if (element.TryGetProperty(name, out JsonElement member) && member.ValueKind != JsonValueKind.Null)
            {
                return member;
            }
        }

        return null;
    }

    public static IEnumerable<JsonElement> Items(this JsonElement element, params string[] names) => element.Member(names) switch
    {
        { ValueKind: JsonValueKind.Array } items => items.EnumerateArray(),
        { ValueKind: JsonValueKind.Object } item => [item],
        _ => [],
    };

    /// <summary>A string, without characters that could change a terminal, or a number as it was printed.</summary>
    public static string? Text(this JsonElement element, params string[] names) => element.Member(names) switch
    {
        { ValueKind: JsonValueKind.String } text => TextGate.Printable(text.GetString()!),
        { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
        _ => null,
    };

    public static long? Integer(this JsonElement element, params string[] names) =>
        long.TryParse(element.Text(names), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) ? number : null;

    /// <summary>A Unix time (UTC), in milliseconds or in seconds: the hub prints both.</summary>
    public static DateTime? Time(this JsonElement element, params string[] names)
    {
        long? time = element.Integer(names);
        long? milliseconds = time is >= 0 and < FirstInMilliseconds ? time * 1000 : time;
        return milliseconds is >= 0 and <= 253_402_300_799_999 ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds.Value).UtcDateTime : null;
    }

    public static HubSignature? Signature(this JsonElement element, params string[] names) =>
        element.Member(names) is { ValueKind: JsonValueKind.Object } signature
            ? new HubSignature(signature.Text("v"), signature.Text("r"), signature.Text("s"))
            : null;
}
