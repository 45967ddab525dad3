using System.Text;
using System.Text.RegularExpressions;

namespace Truebit.Manifest.Schemas;

/// <summary>
/// A pattern of the manifest. OpenAPI's patterns are regular expressions of ECMA-262. Where .NET means something else by the same sign,
/// the sign is replaced: <c>$</c> would match before a last line feed, <c>\d</c> and <c>\w</c> would take digits and letters of all scripts.
/// </summary>
internal sealed class Pattern
{
    private const int LongestText = 10_000;
    private const int MostTimeouts = 3;

    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(250);

    private readonly Regex _plain;
    private readonly Lazy<Regex> _regex;
    private int _timeouts;

    private Pattern(string text, string translated)
    {
        Text = text;
        _plain = new Regex(translated, RegexOptions.CultureInvariant, Longest);
        _regex = new Lazy<Regex>(() => Quick(translated) ?? _plain);
    }

    /// <summary>The pattern as the manifest writes it.</summary>
    public string Text { get; }

    /// <summary>Reads a pattern; null where it is none, and why.</summary>
    public static Pattern? Of(string text, out string? problem)
    {
        try
        {
            problem = text.Length <= LongestText ? null : $"the pattern '{JsonValue.Cut(text)}' is longer than {LongestText} characters.";
            return problem is null ? new Pattern(text, Translate(text)) : null;
        }
        catch (ArgumentException e)
        {
            problem = $"the pattern '{JsonValue.Cut(text)}' is not a regular expression: {e.Message}";
            return null;
        }
    }

    /// <summary>
    /// Whether the text matches. A text that takes too long to decide does not: that is no reason to pay. After three such texts the
    /// pattern is not asked again.
    /// </summary>
    public bool IsMatch(string text)
    {
        try
        {
            return _timeouts < MostTimeouts && _regex.Value.IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            Interlocked.Increment(ref _timeouts);
            return false;
        }
    }

    /// <summary>The same for an engine that takes a time in proportion to the text; null where there is none, or the pattern looks back.</summary>
    private static Regex? Quick(string translated)
    {
#if NET
        try
        {
            return new Regex(translated, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, Longest);
        }
        catch (NotSupportedException)
        {
            return null;
        }
#else
        _ = translated;
        return null;
#endif
    }

    private static string Translate(string pattern)
    {
        StringBuilder text = new();
        bool inClass = false;
        for (int at = 0; at < pattern.Length; at++)
        {
            char c = pattern[at];
            if (c == '\\' && at + 1 < pattern.Length)
            {
                text.Append(Escape(pattern[++at], inClass));
                continue;
            }

            // Inside a class a bracket is a bracket; in .NET it may begin a class to be taken away.
            text.Append(c == '$' && !inClass ? @"\z" : c == '[' && inClass ? @"\[" : c.ToString());
            inClass = c == '[' || (inClass && c != ']');
        }

        return text.ToString();
    }

    private static string Escape(char letter, bool inClass) => letter switch
    {
        'd' => inClass ? "0-9" : "[0-9]",
        'w' => inClass ? "a-zA-Z0-9_" : "[a-zA-Z0-9_]",
        'D' when !inClass => "[^0-9]",
        'W' when !inClass => "[^a-zA-Z0-9_]",
        _ => "\\" + letter,
    };
}
