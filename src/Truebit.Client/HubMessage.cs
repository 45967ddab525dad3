using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Truebit.Client;

/// <summary>
/// Finds the hub's own words in an answer that is not an execution. The hub's error schema is not published
/// (truebit-api.md 11), so JSON of any shape, plain text and HTML are read alike.
/// </summary>
internal static class HubMessage
{
    private const int LongestShown = 300;

    private static readonly string[] Members = ["message", "error", "detail", "title", "reason", "errors"];

    /// <summary>
    /// One line of at most 300 characters, or null where the answer says nothing. Secrets that the hub quotes from
    /// the request are taken out.
    /// </summary>
    public static string? Read(byte[] answer, IReadOnlyList<string?> secrets)
    {
        string text = Encoding.UTF8.GetString(answer).TrimStart('\uFEFF');
        string? message = ReadJson(text) ?? (LooksLikeHtml(text) ? ReadHtml(text) : text);
        message = secrets.SelectMany(Spellings).Aggregate(message ?? "", static (found, secret) => found.Replace(secret, "(secret)"));
        message = Regex.Replace(message, @"[\s\p{C}]+", " ").Trim();
        return message.Length switch
        {
            0 => null,
            > LongestShown => message.Substring(0, LongestShown) + "...",
            _ => message,
        };
    }

    private static bool LooksLikeHtml(string text) => text.TrimStart().StartsWith("<", StringComparison.Ordinal);

    /// <summary>The secret, as it may be quoted: whole, without its scheme (<c>Bearer</c>), and escaped as in JSON.</summary>
    private static IEnumerable<string> Spellings(string? secret)
    {
        string value = secret ?? "";
        string credentials = value.Substring(value.IndexOf(' ') + 1);
        return new[] { value, JsonEncodedText.Encode(value).ToString(), credentials }.Where(static text => text.Length > 0);
    }

    private static string? ReadJson(string text)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            return Find(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a string with half of a surrogate pair.
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
                return message ?? element.GetRawText();
            default:
                return element.GetRawText();
        }
    }

    private static string ReadHtml(string text)
    {
        Match title = Regex.Match(text, @"<title[^>]*>(.*?)</title>", RegexOptions.IgnoreCase | RegexOptions.Singleline);
        return title.Success
            ? title.Groups[1].Value
            : Regex.Replace(text, @"<(script|style)\b.*?</\1>|<[^>]*>", " ", RegexOptions.IgnoreCase | RegexOptions.Singleline);
    }
}
