using System.Text;
using System.Text.Json;

namespace Truebit.Client;

/// <summary>The headers for the target in an API task's input: the only place that hides their values, or finds them.</summary>
public static class InputHeaders
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = JsonLimits.MaxDocumentDepth };

    /// <summary>The input without the values of its headers: each is <c>(secret)</c>. What is no JSON object is returned as it is.</summary>
    public static string Hide(string input)
    {
        using JsonDocument document = JsonDocument.Parse(input, Options);
        return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.EnumerateObject().Any(IsHeaders)
            ? Encoding.UTF8.GetString(JsonBuffer.Write(document.RootElement, Write))
            : input;
    }

    /// <summary>
    /// The names of headers whose values are in a transcript in plain text: of any member <c>headers</c> in the input of a message, whose
    /// form the hub's documentation leaves open.
    /// </summary>
    public static IReadOnlyList<string> FindInTranscript(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json.TrimStart('\uFEFF'), Options);
        List<string> names = [];
        Find(document.RootElement, isInInput: false, names);
        return [.. names.Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>Writes an input, with its headers' values hidden.</summary>
    internal static void Write(Utf8JsonWriter json, JsonElement input)
    {
        json.WriteStartObject();
        foreach (JsonProperty member in input.EnumerateObject())
        {
            json.WritePropertyName(member.Name);
            if (IsHeaders(member))
            {
                WriteNames(json, member.Value);
            }
            else
            {
                member.Value.WriteTo(json);
            }
        }

        json.WriteEndObject();
    }

    /// <summary>The headers of an input, with their values.</summary>
    internal static IEnumerable<KeyValuePair<string, string>> Reveal(JsonElement input) => input.EnumerateObject()
        .Where(static member => IsHeaders(member) && member.Value.ValueKind == JsonValueKind.Object)
        .SelectMany(static headers => headers.Value.EnumerateObject())
        .Select(static header => new KeyValuePair<string, string>(header.Name, header.Value.ToString()));

    private static void WriteNames(Utf8JsonWriter json, JsonElement headers)
    {
        if (headers.ValueKind != JsonValueKind.Object)
        {
            json.WriteStringValue(SecretText.Hidden);
            return;
        }

        json.WriteStartObject();
        foreach (JsonProperty header in headers.EnumerateObject())
        {
            json.WriteString(header.Name, SecretText.Hidden);
        }

        json.WriteEndObject();
    }

    private static void Find(JsonElement element, bool isInInput, List<string> names)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (JsonProperty member in element.EnumerateObject())
                {
                    if (isInInput && IsHeaders(member))
                    {
                        names.AddRange(NamesWithValues(member.Value));
                    }

                    Find(member.Value, isInInput || member.Name == "input", names);
                }

                break;
            case JsonValueKind.Array:
                foreach (JsonElement item in element.EnumerateArray())
                {
                    Find(item, isInInput, names);
                }

                break;
        }
    }

    private static IEnumerable<string> NamesWithValues(JsonElement headers) => headers.ValueKind switch
    {
        JsonValueKind.Object => headers.EnumerateObject().Where(static header => HasValue(header.Value)).Select(static header => header.Name),
        _ => HasValue(headers) ? ["headers"] : [],
    };

    private static bool HasValue(JsonElement value) => value.ValueKind != JsonValueKind.Null && value.ToString() is not ("" or "[]" or SecretText.Hidden);

    private static bool IsHeaders(JsonProperty member) => string.Equals(member.Name, "headers", StringComparison.OrdinalIgnoreCase);
}
