using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Truebit.Client;

/// <summary>A text whose escapes were read, and where each of its characters stands in the text that it was.</summary>
internal sealed class DecodedText
{
    private static readonly Regex[] Patterns =
    [
        new(@"\\(?:u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|[^ux])", RegexOptions.CultureInvariant | RegexOptions.Singleline),
        new("(?:%[0-9a-fA-F]{2})+", RegexOptions.CultureInvariant),
        new("&#?[0-9a-zA-Z]{1,8};", RegexOptions.CultureInvariant),
    ];

    private static readonly char[] Signs = ['\\', '%', '&'];

    /// <summary>Where each character begins; null where that is its own place.</summary>
    private readonly List<(int Start, int End)>? _places;

    /// <summary>For a text without blanks, whether there was one that shows before the character.</summary>
    private readonly List<bool>? _afterBlank;

    public DecodedText(string text)
        : this(text, null, null)
    {
    }

    private DecodedText(string text, List<(int Start, int End)>? places, List<bool>? afterBlank)
    {
        Text = text;
        _places = places;
        _afterBlank = afterBlank;
    }

    /// <summary>The characters.</summary>
    public string Text { get; }

    /// <summary>The text without blanks, and without what does not show.</summary>
    public static string WithoutBlanks(string text)
    {
        int count = 0;
        while (count < text.Length && !IsDropped(text[count]))
        {
            count++;
        }

        if (count == text.Length)
        {
            return text;
        }

        char[] kept = text.ToCharArray();
        for (int at = count; at < text.Length; at++)
        {
            kept[count] = text[at];
            count += IsDropped(text[at]) ? 0 : 1;
        }

        return new string(kept, 0, count);
    }

    /// <summary>What the escapes of a kind stand for, without regard to where; null where the text has none.</summary>
    public static string? Decode(string text, Escape kind)
    {
        if (text.IndexOf(Signs[(int)kind]) < 0)
        {
            return null;
        }

        string decoded = Patterns[(int)kind].Replace(text, escape => Meaning(escape.Value, kind));
        return ReferenceEquals(decoded, text) ? null : decoded;
    }

    /// <summary>What the escapes of a kind stand for; null where the text has none.</summary>
    public DecodedText? Decode(Escape kind)
    {
        if (Text.IndexOf(Signs[(int)kind]) < 0)
        {
            return null;
        }

        StringBuilder text = new(Text.Length);
        List<(int Start, int End)> places = new(Text.Length);
        int copied = 0;
        for (Match escape = Patterns[(int)kind].Match(Text); escape.Success; escape = escape.NextMatch())
        {
            Copy(text, places, copied, escape.Index);
            Append(text, places, kind, escape);
            copied = escape.Index + escape.Length;
        }

        if (copied == 0)
        {
            return null;
        }

        Copy(text, places, copied, Text.Length);
        return new DecodedText(text.ToString(), places, null);
    }

    /// <summary>The text without blanks and characters that do not show, such as those of width zero.</summary>
    public DecodedText WithoutBlanks()
    {
        if (WithoutBlanks(Text).Length == Text.Length)
        {
            return this;
        }

        StringBuilder text = new(Text.Length);
        List<(int Start, int End)> places = new(Text.Length);
        List<bool> afterBlank = new(Text.Length);
        bool isAfterBlank = false;
        for (int at = 0; at < Text.Length; at++)
        {
            if (IsDropped(Text[at]))
            {
                isAfterBlank |= char.IsWhiteSpace(Text[at]);
                continue;
            }

            text.Append(Text[at]);
            places.Add(Place(at));
            afterBlank.Add(isAfterBlank);
            isAfterBlank = false;
        }

        return new DecodedText(text.ToString(), places, afterBlank);
    }

    /// <summary>Whether a blank was taken out between these characters.</summary>
    public bool HasBlank(int start, int length)
    {
        bool found = false;
        for (int at = start + 1; at < start + length && _afterBlank is not null; at++)
        {
            found |= _afterBlank[at];
        }

        return found;
    }

    /// <summary>Where these characters stand in the text as it was.</summary>
    public (int Start, int End) Source(int start, int length) => (Place(start).Start, Place(start + length - 1).End);

    private static bool IsDropped(char c) =>
        c is <= ' ' or >= '\x7f' && (char.IsWhiteSpace(c) || char.IsControl(c) || char.GetUnicodeCategory(c) == UnicodeCategory.Format);

    private (int Start, int End) Place(int at) => _places is null ? (at, at + 1) : _places[at];

    private void Copy(StringBuilder text, List<(int Start, int End)> places, int from, int to)
    {
        text.Append(Text, from, to - from);
        for (int at = from; at < to; at++)
        {
            places.Add(Place(at));
        }
    }

    private void Append(StringBuilder text, List<(int Start, int End)> places, Escape kind, Match escape)
    {
        if (kind == Escape.Percent)
        {
            AppendBytes(text, places, escape);
            return;
        }

        string meant = Meaning(escape.Value, kind);
        (int start, _) = Place(escape.Index);
        (_, int end) = Place(escape.Index + escape.Length - 1);
        Append(text, places, meant, (start, end));
    }

    /// <summary>Each ASCII character has a place of its own; of others, all that follow each other have one.</summary>
    private void AppendBytes(StringBuilder text, List<(int Start, int End)> places, Match escape)
    {
        byte[] bytes = Bytes(escape.Value);
        for (int n = 0, next; n < bytes.Length; n = next)
        {
            for (next = n + 1; bytes[n] >= 0x80 && next < bytes.Length && bytes[next] >= 0x80; next++)
            {
            }

            (int start, _) = Place(escape.Index + (3 * n));
            (_, int end) = Place(escape.Index + (3 * next) - 1);
            Append(text, places, Encoding.UTF8.GetString(bytes, n, next - n), (start, end));
        }
    }

    private static void Append(StringBuilder text, List<(int Start, int End)> places, string meant, (int Start, int End) place)
    {
        text.Append(meant);
        for (int n = 0; n < meant.Length; n++)
        {
            places.Add(place);
        }
    }

    private static string Meaning(string escape, Escape kind) => kind switch
    {
        Escape.Json => Unescape(escape),
        Escape.Percent => Encoding.UTF8.GetString(Bytes(escape)),
        _ => WebUtility.HtmlDecode(escape),
    };

    private static byte[] Bytes(string percents)
    {
        byte[] bytes = new byte[percents.Length / 3];
        for (int n = 0; n < bytes.Length; n++)
        {
            bytes[n] = byte.Parse(percents.Substring((3 * n) + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        }

        return bytes;
    }

    private static string Unescape(string escape) => escape[1] switch
    {
        'u' or 'x' => $"{(char)ushort.Parse(escape.Substring(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)}",
        'n' or 'r' or 't' or 'b' or 'f' => " ",
        char other => $"{other}",
    };
}
