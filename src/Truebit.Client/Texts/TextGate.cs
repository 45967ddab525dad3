using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Truebit.Client;

/// <summary>
/// The one way by which text from outside (a hub, a target, a library's exception) gets into a message, a log or a journal: secrets are
/// taken out, however they are spelled, and so is what could change a terminal. Any thread may use it.
/// </summary>
public sealed class TextGate
{
    private const int MaxLineLength = 300;

    /// <summary>Of a longer text only so much is searched for a line: far more than a line shows.</summary>
    private const int MaxReadLength = 16_384;

    private const int MinLengthInId = 8;

    private static readonly JavaScriptEncoder FewEscapes = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    /// <summary>Most rows have nothing to hide: they end without an error, and without a journal.</summary>
    private readonly Lazy<SecretSpelling[]> _spellings;
    private readonly Lazy<SecretSpelling[]> _spellingsInNames;
    private readonly Lazy<SecretSpelling[]> _spellingsInIds;

    /// <summary>The spellings of a secret are worked out once for a run, however many rows have it.</summary>
    private readonly ConditionalWeakTable<SecretText, SecretSpelling[]> _known;

    /// <summary>The gate of the last request: most rows of a run have the same secrets.</summary>
    private volatile Known? _last;

    /// <summary>A gate that hides these secrets.</summary>
    public TextGate(params string?[] secrets)
        : this(new(), () => secrets.SelectMany(SecretSpelling.All))
    {
    }

    private TextGate(ConditionalWeakTable<SecretText, SecretSpelling[]> known, Func<IEnumerable<SecretSpelling>> spellings)
    {
        _known = known;
        _spellings = new Lazy<SecretSpelling[]>(() => [.. spellings()]);
        _spellingsInNames = new Lazy<SecretSpelling[]>(() => Array.FindAll(_spellings.Value, static spelling => !spelling.IsWord));
        _spellingsInIds = new Lazy<SecretSpelling[]>(() => Array.FindAll(_spellings.Value, static spelling => spelling.Text.Length >= MinLengthInId));
    }

    /// <summary>A gate for text where no secret is known.</summary>
    public static TextGate Plain { get; } = new();

    /// <summary>A gate that hides the secrets of a request, too.</summary>
    public TextGate For(IReadOnlyList<SecretText> secrets)
    {
        if (secrets.Count == 0)
        {
            return this;
        }

        if (_last is not Known last || !last.Secrets.SequenceEqual(secrets))
        {
            _last = last = new Known(secrets, new TextGate(
                _known, () => _spellings.Value.Concat(secrets.SelectMany(secret => _known.GetValue(secret, static key => [.. SecretSpelling.All(key.Reveal())])))));
        }

        return last.Gate;
    }

    /// <summary>A gate that hides these, too.</summary>
    public TextGate With(IEnumerable<string?> secrets) => new(_known, () => _spellings.Value.Concat(secrets.SelectMany(SecretSpelling.All)));

    /// <summary>One line of at most 300 characters, for a message; empty where the text says nothing.</summary>
    public string Line(string text)
    {
        if (text.Length > MaxReadLength)
        {
            text = Patterns.Unprintable.Replace(text, " ");
            text = text.Substring(0, Math.Min(text.Length, MaxReadLength));
        }

        string line = Patterns.Unprintable.Replace(Patterns.Credentials.Replace(Hide(text), SecretText.Hidden), " ").Trim();
        return line.Length > MaxLineLength
            ? line.Substring(0, char.IsHighSurrogate(line[MaxLineLength - 1]) ? MaxLineLength - 1 : MaxLineLength) + "..."
            : line;
    }

    /// <summary>The text without characters that could change a terminal, or the order of what is read; line breaks and tabs stay.</summary>
    public static string Printable(string text) => IsPlain(text) ? text : Patterns.UnprintableInText.Replace(text, " ");

    /// <summary>The text without the secrets, and otherwise as it was.</summary>
    public string Hide(string text) => Hide(text, _spellings.Value);

    private static string Hide(string text, SecretSpelling[] spellings)
    {
        List<(int Start, int End)> found = new SecretSearch(spellings).Find(text);
        if (found.Count == 0)
        {
            return text;
        }

        StringBuilder hidden = new(text.Length);
        int copied = 0;
        foreach ((int start, int end) in found)
        {
            hidden.Append(text, copied, start - copied).Append(SecretText.Hidden);
            copied = end;
        }

        return hidden.Append(text, copied, text.Length - copied).ToString();
    }

    /// <summary>
    /// The JSON without the secrets, and still JSON: each text in it is read and written anew, so that its spelling does not matter. The
    /// names of members that the module itself reads stay, and so do names with a short word that happens to be a header's value, such as
    /// <c>true</c>. What is not JSON is hidden as text.
    /// </summary>
    public string HideInJson(string json)
    {
        if (new SecretSearch(_spellings.Value).IsFree(json))
        {
            return json;
        }

        byte[] text = Encoding.UTF8.GetBytes(json);
        int mark = json.StartsWith("\uFEFF", StringComparison.Ordinal) ? 3 : 0;
        try
        {
            return HideInJson(text, mark) ?? json;
        }
        catch (JsonException)
        {
            return Hide(json);
        }
    }

    /// <summary>Whether a secret is in an id, which goes into journals, views and addresses. One that is as short as a part of any id is none.</summary>
    public bool IsInId(string id)
    {
        SecretSearch search = new(_spellingsInIds.Value);
        return !search.IsFree(id) && search.Find(id).Count > 0;
    }

    /// <summary>Whether a secret is in the JSON.</summary>
    public bool IsIn(string json) => !ReferenceEquals(HideInJson(json), json);

    /// <summary>The JSON without the secrets; null where there is none in it.</summary>
    private string? HideInJson(byte[] text, int start)
    {
        StringBuilder? hidden = null;
        Utf8JsonReader reader = new(text.AsSpan(start), new JsonReaderOptions { MaxDepth = JsonLimits.MaxDocumentDepth });
        int copied = 0;
        while (reader.Read())
        {
            if (Without(ref reader) is string without)
            {
                hidden ??= new StringBuilder(text.Length);
                int from = start + (int)reader.TokenStartIndex;
                hidden.Append(Encoding.UTF8.GetString(text, copied, from - copied)).Append('"').Append(without).Append('"');
                copied = from + reader.ValueSpan.Length + (reader.TokenType == JsonTokenType.Number ? 0 : 2);
            }
        }

        return hidden?.Append(Encoding.UTF8.GetString(text, copied, text.Length - copied)).ToString();
    }

    /// <summary>What stands in place of a token, without its quotes; null where it stays.</summary>
    private string? Without(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
            case JsonTokenType.PropertyName:
                string text = Read(ref reader, out bool isRaw);
                bool isName = reader.TokenType == JsonTokenType.PropertyName;
                if (isName && ExecutionMembers.Contains(text))
                {
                    return null;
                }

                string hidden = Hide(text, isName ? _spellingsInNames.Value : _spellings.Value);
                return ReferenceEquals(hidden, text) ? null : isRaw ? hidden : JsonEncodedText.Encode(hidden, FewEscapes).ToString();
            case JsonTokenType.Number:
                string number = Encoding.UTF8.GetString(reader.ValueSpan.ToArray());
                return _spellings.Value.Any(spelling => spelling.Text == number) ? SecretText.Hidden : null;
            default:
                return null;
        }
    }

    /// <summary>The text of a token; raw where it has half of a character, which no string of .NET is made of.</summary>
    private static string Read(ref Utf8JsonReader reader, out bool isRaw)
    {
        isRaw = false;
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            isRaw = true;
            return Encoding.UTF8.GetString(reader.ValueSpan.ToArray());
        }
    }

    /// <summary>Whether it has nothing but what a typewriter prints, as nearly all texts.</summary>
    private static bool IsPlain(string text)
    {
        foreach (char c in text)
        {
            if (c is < ' ' or > '~')
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Made when they are first used: most runs need none, and in a new process each takes milliseconds.</summary>
    private static class Patterns
    {
        public static readonly Regex Unprintable = new(@"[\s\p{Cc}\p{Cf}\p{Co}]+", RegexOptions.CultureInvariant);
        public static readonly Regex UnprintableInText = new(@"[\p{Cc}\p{Cf}\p{Co}\u2028\u2029-[\r\n\t]]", RegexOptions.CultureInvariant);

        /// <summary>Secrets that nobody has told of: the user information of an address, and what follows the name of an authentication scheme.</summary>
        public static readonly Regex Credentials = new(
            @"(?<=://)[^\s/?#'""<>]*(?=@)|(?<=\b(?:bearer|basic)[ :]+)(?=[^\s""',;]*\d)[\w.~+/=-]{8,}", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);
    }

    private sealed record Known(IReadOnlyList<SecretText> Secrets, TextGate Gate);
}
