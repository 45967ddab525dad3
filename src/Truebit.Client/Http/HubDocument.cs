using System.Text;
using System.Text.Json;

namespace Truebit.Client;

/// <summary>A transcript or an invoice: its exact text, because that is what is signed.</summary>
public sealed class HubDocument
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    private HubDocument(DocumentKind kind, string rawJson, string? executionId, bool isComplete)
    {
        Kind = kind;
        RawJson = rawJson;
        ExecutionId = executionId;
        IsComplete = isComplete;
    }

    /// <summary>Which of the two.</summary>
    public DocumentKind Kind { get; }

    /// <summary>The whole answer, as the hub sent it.</summary>
    public string RawJson { get; }

    /// <summary>The execution that it names.</summary>
    public string? ExecutionId { get; }

    /// <summary>False for a transcript without its last message, <c>execution_completed</c>: there is more to come.</summary>
    public bool IsComplete { get; }

    /// <summary>Reads an answer; null where it is neither a transcript nor an invoice, as <paramref name="kind"/> asks for.</summary>
    internal static HubDocument? Find(byte[] answer, DocumentKind kind)
    {
        try
        {
            string text = StrictUtf8.GetString(answer);
            using JsonDocument document = JsonDocument.Parse(text.TrimStart('\uFEFF'), new JsonDocumentOptions { MaxDepth = JsonLimits.MaxDocumentDepth });
            JsonElement root = document.RootElement;
            return root.ValueKind == JsonValueKind.Object && Body(root, kind) is JsonElement body
                ? new HubDocument(kind, text, IdOf(root), kind == DocumentKind.Invoice || body.EnumerateArray().Any(IsLast))
                : null;
        }
        catch (Exception e) when (e is JsonException or ArgumentException or InvalidOperationException)
        {
            // ArgumentException: not UTF-8. InvalidOperationException: half a surrogate pair.
            return null;
        }
    }

    private static JsonElement? Body(JsonElement root, DocumentKind kind) => kind == DocumentKind.Transcript
        ? root.TryGetProperty("transcript", out JsonElement messages) && messages.ValueKind == JsonValueKind.Array ? messages : null
        : root.TryGetProperty("invoiceId", out JsonElement id) ? id : root.TryGetProperty("lineItem", out JsonElement items) ? items : null;

    private static string? IdOf(JsonElement root) =>
        root.TryGetProperty("executionId", out JsonElement id) && id.ValueKind == JsonValueKind.String ? id.GetString() : null;

    private static bool IsLast(JsonElement message) =>
        message.ValueKind == JsonValueKind.Object
        && message.TryGetProperty("type", out JsonElement type)
        && type.ValueKind == JsonValueKind.String
        && type.ValueEquals("execution_completed");
}
