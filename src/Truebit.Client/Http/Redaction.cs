using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Truebit.Client;

/// <summary>Takes secrets out of text that quotes them: a hub's error, a target's answer.</summary>
public static class Redaction
{
    /// <summary>A value that is shorter keeps nothing secret, and taking it out would garble the text.</summary>
    private const int MinSecretLength = 4;
    private const string Hidden = "(secret)";

    private static readonly JavaScriptEncoder FewEscapes = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    /// <summary>The text without the secrets, however they are spelled.</summary>
    public static string Hide(string text, IEnumerable<string?> secrets) => secrets
        .SelectMany(Spellings)
        .Distinct()
        .OrderByDescending(static spelling => spelling.Length)
        .Aggregate(text, static (found, spelling) => found.Replace(spelling, Hidden));

    /// <summary>
    /// The JSON without the secrets, and still JSON: a header of <c>true</c> or <c>1000</c> must not make an answer unreadable that
    /// says so, too. A name of letters only stays: it is a word, and may be the hub's own member.
    /// </summary>
    public static string HideInJson(string json, IEnumerable<string?> secrets)
    {
        string?[] all = [.. secrets];
        if (Hide(json, all) == json)
        {
            return json;
        }

        byte[] text = Encoding.UTF8.GetBytes(json);
        StringBuilder hidden = new(json.Length);
        Utf8JsonReader reader = new(text, new JsonReaderOptions { MaxDepth = JsonLimits.MaxDepth });
        int copied = 0;
        while (reader.Read())
        {
            string token = Encoding.UTF8.GetString(reader.ValueSpan.ToArray());
            string? without = reader.TokenType switch
            {
                JsonTokenType.String => $"\"{Hide(token, all)}\"",
                JsonTokenType.PropertyName when !token.All(char.IsLetter) => $"\"{Hide(token, all)}\"",
                JsonTokenType.Number when all.Contains(token) => $"\"{Hidden}\"",
                _ => null,
            };
            if (without is not null)
            {
                int start = (int)reader.TokenStartIndex;
                hidden.Append(Encoding.UTF8.GetString(text, copied, start - copied)).Append(without);
                copied = start + reader.ValueSpan.Length + (reader.TokenType == JsonTokenType.Number ? 0 : 2);
            }
        }

        return hidden.Append(Encoding.UTF8.GetString(text, copied, text.Length - copied)).ToString();
    }

    /// <summary>The secret, as it may be quoted: whole, without its scheme (<c>Bearer</c>), and escaped as in JSON.</summary>
    private static IEnumerable<string> Spellings(string? secret)
    {
        string value = secret ?? "";
        string credentials = value.Substring(value.IndexOf(' ') + 1);
        return new[] { value, credentials }.Where(static text => text.Length >= MinSecretLength).SelectMany(static text => new[]
        {
            text,
            JsonEncodedText.Encode(text).ToString(),
            JsonEncodedText.Encode(text, FewEscapes).ToString(),
            JsonEncodedText.Encode(text, FewEscapes).ToString().Replace("/", "\\/"),
        });
    }
}
