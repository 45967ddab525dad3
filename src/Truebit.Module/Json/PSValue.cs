using System.Collections.Specialized;
using System.Globalization;
using System.Management.Automation;
using System.Numerics;
using System.Text.Json;
using Truebit.Client;

namespace Truebit.Json;

/// <summary>
/// Converts JSON to PowerShell values like ConvertFrom-Json, except that text which looks like a date stays text, and objects that
/// cannot be custom objects become dictionaries instead of losing members.
/// </summary>
internal static class PSValue
{
    private const int MaxDigits = 1_000;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = JsonLimits.MaxDepth };

    public static object? Parse(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json, Options);
        return Convert(document.RootElement);
    }

    private static object? Convert(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString(),
        JsonValueKind.Number => Number(element),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Array => element.EnumerateArray().Select(Convert).ToArray(),
        JsonValueKind.Object => Object(element),
        _ => null,
    };

    private static object Object(JsonElement element)
    {
        // Names in JSON may be empty, or differ only by case; those of a custom object may not.
        HashSet<string> names = new(StringComparer.OrdinalIgnoreCase);
        bool fits = element.EnumerateObject().All(member => member.Name.Length > 0 && names.Add(member.Name));
        if (fits)
        {
            PSObject custom = new();
            foreach (JsonProperty member in element.EnumerateObject())
            {
                custom.Properties.Add(new PSNoteProperty(member.Name, Convert(member.Value)));
            }

            return custom;
        }

        OrderedDictionary dictionary = new(StringComparer.Ordinal);
        foreach (JsonProperty member in element.EnumerateObject())
        {
            dictionary[member.Name] = Convert(member.Value);
        }

        return dictionary;
    }

    private static object Number(JsonElement element)
    {
        if (element.TryGetInt64(out long integer))
        {
            return integer;
        }

        // Reading digits takes time by the square of their number.
        string raw = element.GetRawText();
        if (raw.Length > MaxDigits)
        {
            return raw;
        }

        if (raw.IndexOfAny(['.', 'e', 'E']) < 0)
        {
            return BigInteger.Parse(raw, CultureInfo.InvariantCulture);
        }

        // A number out of double's range stays text.
        return element.TryGetDouble(out double number) && !double.IsInfinity(number) ? number : raw;
    }
}
