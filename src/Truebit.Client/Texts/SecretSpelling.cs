using System.Text;

namespace Truebit.Client;

/// <summary>One way in which a secret, or a part of it, may be written.</summary>
/// <param name="Text">What is looked for, without blanks.</param>
/// <param name="IgnoresCase">Whether capitals are the same: not in Base64.</param>
internal sealed record SecretSpelling(string Text, bool IgnoresCase)
{
    /// <summary>A value that is shorter keeps nothing secret, and taking it out would garble the text.</summary>
    private const int MinLength = 4;

    /// <summary>Fewer bytes are too few digits of Base64 to be found only where they are meant.</summary>
    private const int MinEncodedBytes = 8;

    /// <summary>A longer one is found also where blanks were put between its characters.</summary>
    private const int MinLengthWithBlanks = 16;

    private const int MaxWordLength = 8;

    private const string Basic = "Basic ";

    /// <summary>Whether blanks within it do not matter.</summary>
    public bool AllowsBlanks { get; } = Text.Length >= MinLengthWithBlanks;

    /// <summary>Whether it is a short word, such as names of members have.</summary>
    public bool IsWord { get; } = Text.Length <= MaxWordLength && Text.All(char.IsLetter);

    /// <summary>Where it next stands in a text without blanks; negative where it does not.</summary>
    public int IndexIn(string text, int start) => text.IndexOf(Text, start, IgnoresCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);

    /// <summary>The spellings of a key or of a header's value: whole, without its scheme (<c>Bearer</c>), the parts of Basic credentials, and each in Base64.</summary>
    public static IEnumerable<SecretSpelling> All(string? secret)
    {
        string value = secret ?? "";
        return Parts(value)
            .Select(static part => (Part: part, Text: DecodedText.WithoutBlanks(part)))
            .Where(static part => part.Text.Length >= MinLength)
            .SelectMany(static part => InBase64(Encoding.UTF8.GetBytes(part.Part)).Prepend(new SecretSpelling(part.Text, IgnoresCase: true)))
            .Distinct();
    }

    private static IEnumerable<string> Parts(string value)
    {
        yield return value;
        string credentials = value.Substring(value.IndexOf(' ') + 1).Trim();
        yield return credentials;
        if (value.StartsWith(Basic, StringComparison.OrdinalIgnoreCase) && Decode(credentials) is string pair)
        {
            yield return pair;
            yield return pair.Substring(pair.IndexOf(':') + 1);
        }
    }

    private static string? Decode(string credentials)
    {
        try
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(credentials));
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>The digits that the bytes have in Base64, at each of the three places where they can begin in a longer text.</summary>
    private static IEnumerable<SecretSpelling> InBase64(byte[] bytes)
    {
        for (int before = 0; before < 3 && bytes.Length >= MinEncodedBytes; before++)
        {
            string digits = Convert.ToBase64String([.. new byte[before], .. bytes]);
            int start = ((before * 8) + 5) / 6;
            string own = digits.Substring(start, ((before + bytes.Length) * 8 / 6) - start);
            yield return new SecretSpelling(own, IgnoresCase: false);
            yield return new SecretSpelling(own.Replace('+', '-').Replace('/', '_'), IgnoresCase: false);
        }
    }
}
