using System.Text.Json;

namespace Truebit.Client;

/// <summary>A request that was sent, for those who keep a record of it.</summary>
/// <param name="request">What was sent.</param>
/// <param name="isAsync">Whether it asked for an answer at once.</param>
public sealed class SentRequest(TaskRequest request, bool isAsync)
{
    private const string Hidden = "(secret)";

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = JsonLimits.MaxDepth };

    /// <summary>The body as it was sent, except the values of headers for the target: each is <c>(secret)</c>.</summary>
    public byte[] ToJson()
    {
        using JsonDocument document = Parse();
        return JsonBuffer.Write(document.RootElement, static (json, root) => Write(json, root, isInput: false));
    }

    /// <summary>The headers for the target, with their values in the clear: to look for them, and for nothing else.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> RevealHeaders()
    {
        using JsonDocument document = Parse();
        return document.RootElement.TryGetProperty("input", out JsonElement input) && input.ValueKind == JsonValueKind.Object
            ? [.. input.EnumerateObject().Where(IsHeaders).SelectMany(static headers => headers.Value.EnumerateObject())
                .Select(static header => new KeyValuePair<string, string>(header.Name, header.Value.ToString()))]
            : [];
    }

    private static void Write(Utf8JsonWriter json, JsonElement value, bool isInput)
    {
        json.WriteStartObject();
        foreach (JsonProperty member in value.EnumerateObject())
        {
            json.WritePropertyName(member.Name);
            if (isInput && IsHeaders(member))
            {
                WriteNames(json, member.Value);
            }
            else if (!isInput && member.Name == "input" && member.Value.ValueKind == JsonValueKind.Object)
            {
                Write(json, member.Value, isInput: true);
            }
            else
            {
                member.Value.WriteTo(json);
            }
        }

        json.WriteEndObject();
    }

    private static void WriteNames(Utf8JsonWriter json, JsonElement headers)
    {
        json.WriteStartObject();
        foreach (JsonProperty header in headers.EnumerateObject())
        {
            json.WriteString(header.Name, Hidden);
        }

        json.WriteEndObject();
    }

    private static bool IsHeaders(JsonProperty member) =>
        member.Value.ValueKind == JsonValueKind.Object && string.Equals(member.Name, "headers", StringComparison.OrdinalIgnoreCase);

    private JsonDocument Parse() => JsonDocument.Parse(request.ToJson(isAsync), Options);
}
