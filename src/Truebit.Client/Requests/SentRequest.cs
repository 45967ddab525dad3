using System.Text.Json;

namespace Truebit.Client;

/// <summary>A request that was sent, for those who keep a record of it.</summary>
/// <param name="request">What was sent.</param>
/// <param name="isAsync">Whether it asked for an answer at once.</param>
public sealed class SentRequest(TaskRequest request, bool isAsync)
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = JsonLimits.MaxDepth };

    /// <summary>The secrets in it, which the hub may quote.</summary>
    public IReadOnlyList<SecretText> Secrets => request.Secrets;

    /// <summary>The body as it was sent, except the values of headers for the target: each is <c>(secret)</c>.</summary>
    public byte[] ToJson()
    {
        using JsonDocument document = Parse();
        return JsonBuffer.Write(document.RootElement, static (json, root) => Write(json, root));
    }

    /// <summary>The headers for the target, with their values in the clear: to look for them, and for nothing else.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> RevealHeaders()
    {
        using JsonDocument document = Parse();
        return document.RootElement.TryGetProperty("input", out JsonElement input) && input.ValueKind == JsonValueKind.Object
            ? [.. InputHeaders.Reveal(input)]
            : [];
    }

    private static void Write(Utf8JsonWriter json, JsonElement body)
    {
        json.WriteStartObject();
        foreach (JsonProperty member in body.EnumerateObject())
        {
            json.WritePropertyName(member.Name);
            if (member.Name == "input" && member.Value.ValueKind == JsonValueKind.Object)
            {
                InputHeaders.Write(json, member.Value);
            }
            else
            {
                member.Value.WriteTo(json);
            }
        }

        json.WriteEndObject();
    }

    private JsonDocument Parse() => JsonDocument.Parse(request.ToJson(isAsync), Options);
}
