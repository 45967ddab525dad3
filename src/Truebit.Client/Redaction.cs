using System.Text.Encodings.Web;
using System.Text.Json;

namespace Truebit.Client;

/// <summary>Takes secrets out of text that quotes them: a hub's error, a target's answer.</summary>
public static class Redaction
{
    /// <summary>A value that is shorter keeps nothing secret, and taking it out would garble the text.</summary>
    private const int ShortestSecret = 4;

    private static readonly JavaScriptEncoder FewEscapes = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    /// <summary>The text without the secrets, however they are spelled.</summary>
    public static string Hide(string text, IEnumerable<string?> secrets) => secrets
        .SelectMany(Spellings)
        .Distinct()
        .OrderByDescending(static spelling => spelling.Length)
        .Aggregate(text, static (found, spelling) => found.Replace(spelling, "(secret)"));

    /// <summary>The secret, as it may be quoted: whole, without its scheme (<c>Bearer</c>), and escaped as in JSON.</summary>
    private static IEnumerable<string> Spellings(string? secret)
    {
        string value = secret ?? "";
        string credentials = value.Substring(value.IndexOf(' ') + 1);
        return new[] { value, credentials }.Where(static text => text.Length >= ShortestSecret).SelectMany(static text => new[]
        {
            text,
            JsonEncodedText.Encode(text).ToString(),
            JsonEncodedText.Encode(text, FewEscapes).ToString(),
            JsonEncodedText.Encode(text, FewEscapes).ToString().Replace("/", "\\/"),
        });
    }
}
