namespace Truebit.Client;

/// <summary>The grammar of header fields, by RFC 9110, sections 5.1, 5.5 and 5.6.2.</summary>
public static class HeaderRules
{
    private const string TokenPunctuation = "!#$%&'*+-.^_`|~";

    /// <summary>Headers that the hub's own HTTP stack sets, or that must not reach the target, and why.</summary>
    private static readonly Dictionary<string, string> Conflicts = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Host"] = "the hub sets it from the target's address",
        ["Content-Length"] = "the hub sets it from the body that it sends",
        ["Transfer-Encoding"] = "the hub sets it when it sends the body",
        ["Connection"] = "it is about the hub's connection to the target, which the hub manages",
        ["x-api-key"] = "that is the name of the hub's own key header; the target and the transcript would get the value. "
            + "If the target has a header of this name, check that this is the target's key",
    };

    /// <summary>Why <paramref name="name"/> cannot name a header; null when it can.</summary>
    public static string? CheckName(string? name)
    {
        if (string.IsNullOrEmpty(name))
        {
            return "a header's name is empty";
        }

        return name!.All(IsTokenCharacter)
            ? null
            : $"'{Printable(name!)}' is not a header name: use letters, digits and {TokenPunctuation} only";
    }

    /// <summary>Why <paramref name="value"/> cannot be a header's value; null when it can. The value is not repeated.</summary>
    public static string? CheckValue(string name, string value) => FindFlaw(value) is string flaw ? $"the value of '{name}' {flaw}" : null;

    /// <summary>What keeps a text from being a header's value, as the end of a sentence about it; null when it can be one.</summary>
    public static string? FindFlaw(string value) =>
        value.IndexOfAny(['\r', '\n']) >= 0 ? "has a line break in it"
        : value.Any(static c => (c < ' ' && c != '\t') || c == '\x7f') ? "has a control character in it"
        : value.Length > 0 && (IsBlank(value[0]) || IsBlank(value[value.Length - 1])) ? "starts or ends with white space"
        : null;

    /// <summary>Why a header of this name is likely to do harm; null for the others (truebit-api.md 7).</summary>
    public static string? Conflict(string name) => Conflicts.TryGetValue(name, out string? why) ? why : null;

    private static bool IsBlank(char c) => c is ' ' or '\t';

    private static bool IsTokenCharacter(char c) =>
        c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') || TokenPunctuation.IndexOf(c) >= 0;

    private static string Printable(string text) => new([.. text.Select(static c => c is < ' ' or '\x7f' ? '?' : c)]);
}
