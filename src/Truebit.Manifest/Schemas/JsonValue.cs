using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Truebit.Manifest.Schemas;

/// <summary>What JSON values mean: equal by value, and shown to people.</summary>
internal static class JsonValue
{
    private const int LongestQuote = 60;

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 512 };

    /// <summary>Reads JSON text as a value that stays.</summary>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public static JsonElement Parse(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 512 });
        return document.RootElement.Clone();
    }

    /// <summary>A text as a JSON value.</summary>
    public static JsonElement OfText(string text) => JsonSerializer.SerializeToElement(text);

    /// <summary>The value as JSON text without spaces, numbers as they are written.</summary>
    public static string Compact(JsonElement value) => JsonSerializer.Serialize(value, Relaxed);

    /// <summary>One text for all spellings of a value: members in order, numbers by their value, no escapes.</summary>
    public static string Canonical(JsonElement value)
    {
        StringBuilder text = new();
        Append(text, value);
        return text.ToString();
    }

    /// <summary>The value for a message, cut where it is long.</summary>
    public static string Quote(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => $"an array of {value.GetArrayLength()}",
        _ => Cut(value.GetRawText()),
    };

    /// <summary>A text for a message, cut where it is long.</summary>
    public static string Cut(string text) => text.Length <= LongestQuote ? text : text.Substring(0, LongestQuote) + "...";

    private static void Append(StringBuilder text, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (JsonProperty member in value.EnumerateObject().OrderBy(static member => member.Name, StringComparer.Ordinal))
                {
                    Append(text, '{', member.Name);
                    Append(text, member.Value);
                }

                text.Append('}');
                break;
            case JsonValueKind.Array:
                text.Append('[');
                foreach (JsonElement item in value.EnumerateArray())
                {
                    Append(text, item);
                }

                text.Append(']');
                break;
            case JsonValueKind.String:
                Append(text, '"', value.GetString()!);
                break;
            case JsonValueKind.Number:
                text.Append(JsonNumber.Parse(value.GetRawText())).Append(';');
                break;
            default:
                text.Append(value.ValueKind).Append(';');
                break;
        }
    }

    /// <summary>A text with its length, so that no text can be taken for the end of another.</summary>
    private static void Append(StringBuilder text, char kind, string content) => text.Append(kind).Append(content.Length).Append(':').Append(content);
}
