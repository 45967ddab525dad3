using Truebit.Manifest.Schemas;

namespace Truebit.Manifest.Samples;

/// <summary>Texts that may fit: of the pattern, of the format, or a word of the right length.</summary>
internal static class TextSample
{
    private const int LongestText = 10_000;

    /// <summary>The texts, the likeliest first.</summary>
    public static IEnumerable<string> Of(IReadOnlyList<Schema> parts)
    {
        int min = Math.Min(LongestText, parts.Max(static part => part.MinLength ?? 0));
        int max = parts.Min(static part => part.MaxLength ?? LongestText);
        string word = parts.Select(static part => OfFormat(part.Format)).FirstOrDefault(static text => text is not null) ?? "text";
        return parts.Where(static part => part.Pattern is not null)
            .SelectMany(part => new[] { 0, 1, 2, min, 8 }.Distinct().Select(repetitions => PatternSample.Of(part.Pattern!.Text, repetitions)))
            .Where(static text => text is not null)
            .Append(Fit(word, min, max))
            .Append(Fit("text", min, max))
            .Append(Fit("1", min, max))!;
    }

    private static string Fit(string text, int min, int max)
    {
        text = text.PadRight(min, 'x');
        return text.Length > max ? text.Substring(0, max) : text;
    }

    private static string? OfFormat(string? format) => format switch
    {
        "date" => "2077-08-24",
        "date-time" => "2077-08-24T14:15:22Z",
        "uuid" => "0f8fad5b-d9cb-469f-a165-70867728950e",
        "email" => "name@example.com",
        "uri" => "https://example.com/",
        "byte" => "dGV4dA==",
        "ipv4" => "192.0.2.1",
        "ipv6" => "2001:db8::1",
        _ => null,
    };
}
