using System.Text;
using System.Text.RegularExpressions;

namespace Truebit.Manifest.Schemas;

/// <summary>
/// OpenAPI's patterns are regular expressions of ECMA-262. Where .NET means something else by the same sign, the sign is
/// replaced: <c>$</c> would match before a last line feed, <c>\d</c> and <c>\w</c> would take digits and letters of all scripts.
/// </summary>
internal static class EcmaPattern
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    /// <summary>The pattern for .NET; a match that takes longer than a second ends with a RegexMatchTimeoutException.</summary>
    /// <exception cref="ManifestException">It is not a regular expression.</exception>
    public static Regex Translate(string pattern)
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

            inClass = c == '[' || (inClass && c != ']');
            text.Append(c == '$' && !inClass ? @"\z" : c.ToString());
        }

        try
        {
            return new Regex(text.ToString(), RegexOptions.CultureInvariant, Longest);
        }
        catch (ArgumentException e)
        {
            throw new ManifestException($"The pattern '{pattern}' is not a regular expression: {e.Message}", e);
        }
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
