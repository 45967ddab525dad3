using System.Text.Json;
using Truebit.Manifest.Schemas;

namespace Truebit.Manifest.Checks;

/// <summary>The keywords for numbers, by their digits.</summary>
internal static class NumberCheck
{
    /// <summary>1.0 is no integer in OpenAPI 3.0 (JSON Schema Wright Draft 00, 4.2), and is one since 3.1.</summary>
    public static bool IsInteger(JsonElement value, bool allowsZeroFraction)
    {
        string text = value.GetRawText();
        return text.IndexOfAny(['.', 'e', 'E']) < 0 || (allowsZeroFraction && JsonNumber.Parse(text).IsInteger);
    }

    public static void Check(Schema schema, JsonElement value, Place place, Findings findings)
    {
        (Bound Min, Bound Max)? range = Formats.Range(schema.Format);
        if (range is null && !schema.HasBounds)
        {
            return;
        }

        string text = value.GetRawText();
        findings.Spend(place, text.Length);
        decimal? small = Bound.Decimal(text);
        if (range is { } limits && (Compare(limits.Min) < 0 || Compare(limits.Max) > 0))
        {
            findings.Add(place, "format", $"from {limits.Min.Text} to {limits.Max.Text} ({schema.Format})", value);
        }

        AddIf(schema.Minimum is Bound min && Compare(min) < 0, "minimum", "at least", schema.Minimum);
        AddIf(schema.ExclusiveMinimum is Bound above && Compare(above) <= 0, schema.IsMinimumExclusive ? "minimum" : "exclusiveMinimum", "more than", schema.ExclusiveMinimum);
        AddIf(schema.Maximum is Bound max && Compare(max) > 0, "maximum", "at most", schema.Maximum);
        AddIf(schema.ExclusiveMaximum is Bound below && Compare(below) >= 0, schema.IsMaximumExclusive ? "maximum" : "exclusiveMaximum", "less than", schema.ExclusiveMaximum);
        AddIf(schema.MultipleOf is Bound unit && unit.Small != 0 && !IsMultipleOf(unit), "multipleOf", "a multiple of", schema.MultipleOf);

        int Compare(Bound bound) => small is decimal here && bound.Small is decimal there ? here.CompareTo(there) : JsonNumber.Parse(text).CompareTo(bound.Exact);

        bool IsMultipleOf(Bound unit)
        {
            JsonNumber number = JsonNumber.Parse(text);
            findings.Spend(place, (long)number.Length * number.Length / 1000);
            return number.IsMultipleOf(unit.Exact);
        }

        void AddIf(bool isBroken, string rule, string expected, Bound? bound)
        {
            if (isBroken)
            {
                findings.Add(place, rule, $"{expected} {bound!.Text}", value);
            }
        }
    }
}
