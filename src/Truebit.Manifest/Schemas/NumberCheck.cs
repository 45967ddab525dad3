using System.Globalization;
using System.Text.Json;

namespace Truebit.Manifest.Schemas;

/// <summary>Checks numbers by their digits. The bounds are decimals, because the library that reads the manifest makes them so.</summary>
internal static class NumberCheck
{
    /// <summary>The longest text that a decimal holds whatever its digits are.</summary>
    private const int LongestDecimal = 28;

    /// <summary>Whether it is written as an integer is: 1.0 is none (JSON Schema Wright Draft 00, 4.2, which OpenAPI 3.0 builds on).</summary>
    public static bool IsInteger(JsonElement value) => value.GetRawText().IndexOfAny(['.', 'e', 'E']) < 0;

    public static void Check(Schema schema, JsonElement value, Place place, Findings findings)
    {
        (decimal Min, decimal Max)? range = Formats.Range(schema.Format);
        if (range is null && schema is { Minimum: null, Maximum: null, MultipleOf: null })
        {
            return;
        }

        Digits number = new(value.GetRawText());
        if (range is { } limits && (number.CompareTo(limits.Min) < 0 || number.CompareTo(limits.Max) > 0))
        {
            findings.Add(place, "format", $"from {Text(limits.Min)} to {Text(limits.Max)} ({schema.Format})", value);
        }

        if (schema.Minimum is decimal min && number.CompareTo(min) is int low && (low < 0 || (low == 0 && schema.IsMinimumExclusive)))
        {
            findings.Add(place, "minimum", $"{(schema.IsMinimumExclusive ? "more than" : "at least")} {Text(min)}", value);
        }

        if (schema.Maximum is decimal max && number.CompareTo(max) is int high && (high > 0 || (high == 0 && schema.IsMaximumExclusive)))
        {
            findings.Add(place, "maximum", $"{(schema.IsMaximumExclusive ? "less than" : "at most")} {Text(max)}", value);
        }

        if (schema.MultipleOf is decimal unit && unit != 0 && !number.IsMultipleOf(unit))
        {
            findings.Add(place, "multipleOf", $"a multiple of {Text(unit)}", value);
        }
    }

    private static string Text(decimal number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>A number as a decimal where one holds it exactly, which is quick, and digit by digit where none does.</summary>
    private readonly struct Digits(string json)
    {
        private readonly decimal? _small = json.Length <= LongestDecimal
            && decimal.TryParse(json, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal small) ? small : null;

        public int CompareTo(decimal bound) => _small?.CompareTo(bound) ?? JsonNumber.Parse(json).CompareTo(JsonNumber.Of(bound));

        public bool IsMultipleOf(decimal unit) => JsonNumber.Parse(json).IsMultipleOf(JsonNumber.Of(unit));
    }
}
