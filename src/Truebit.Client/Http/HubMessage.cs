using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Truebit.Client;

/// <summary>
/// Finds the hub's own words in an answer that is not an execution. The hub's error schema is not published
/// (truebit-api.md 11), so JSON of any shape, plain text and HTML are read alike.
/// </summary>
internal static class HubMessage
{
    /// <summary>A page without a title is not searched beyond this: the pattern takes time by the square of the length.</summary>
    private const int MaxPageLength = 4_096;

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly string[] Members = ["message", "error", "detail", "title", "reason", "errors"];

    /// <summary>One line for a message, or null where the answer says nothing.</summary>
    /// <param name="response">What the hub answered.</param>
    /// <param name="texts">Takes out the secrets that the hub quotes from the request.</param>
    public static string? Read(HubResponse response, TextGate texts)
    {
        if (response.BodyProblem is string problem)
        {
            return texts.Line(problem);
        }

        string text = Encoding.UTF8.GetString(response.Body).TrimStart('\uFEFF');
        return OneLine(ReadJson(text) ?? (LooksLikeHtml(text) ? ReadHtml(texts.Hide(text)) : text), texts);
    }

    /// <summary>What a target's output says in a member such as message, error or detail, or as text; null where it has none of these.</summary>
    public static string? ReadPlain(string json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = JsonLimits.MaxDepth });
            JsonElement root = document.RootElement;
            string? message = root.ValueKind switch
            {
                JsonValueKind.String => root.GetString(),
                JsonValueKind.Object => Members
                    .Select(name => root.TryGetProperty(name, out JsonElement member) ? Find(member) : null)
                    .FirstOrDefault(static found => !string.IsNullOrEmpty(found)),
                _ => null,
            };
            return message is null ? null : OneLine(message, TextGate.Plain);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string? OneLine(string message, TextGate texts) => texts.Line(message) is { Length: > 0 } line ? line : null;

    private static bool LooksLikeHtml(string text) => text.TrimStart().StartsWith("<", StringComparison.Ordinal);

    private static string? ReadJson(string text)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            return Find(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a string that is not Unicode.
            return null;
        }
    }

    private static string? Find(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                return element.GetString();
            case JsonValueKind.Array:
                return string.Join("; ", element.EnumerateArray().Select(Find).Where(static found => !string.IsNullOrEmpty(found)));
            case JsonValueKind.Object:
                string? message = Members
                    .Select(name => element.TryGetProperty(name, out JsonElement member) ? Find(member) : null)
                    .FirstOrDefault(static found => !string.IsNullOrEmpty(found));

                // Written anew, so that a secret in it is escaped in a way that is known.
                return message ?? JsonSerializer.Serialize(element, Relaxed);
            case JsonValueKind.Null:
                return null;
            default:
                return element.GetRawText();
        }
    }

    private static string ReadHtml(string text)
    {
        int title = text.IndexOf("<title", StringComparison.OrdinalIgnoreCase);
        int start = title < 0 ? -1 : text.IndexOf('>', title);
        int end = start < 0 ? -1 : text.IndexOf("</title", start, StringComparison.OrdinalIgnoreCase);
        if (end >= 0)
        {
            return WebUtility.HtmlDecode(text.Substring(start + 1, end - start - 1));
        }

        text = text.Length > MaxPageLength ? text.Substring(0, MaxPageLength) : text;
        return WebUtility.HtmlDecode(
            Regex.Replace(text, @"<(script|style)\b.*?</\1>|<[^>]*>", " ", RegexOptions.IgnoreCase | RegexOptions.Singleline));
    }
}
