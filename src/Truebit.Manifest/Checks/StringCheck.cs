using System.Text.Json;
using Truebit.Manifest.Schemas;

namespace Truebit.Manifest.Checks;

/// <summary>The keywords for strings: lengths, <c>pattern</c> and <c>format</c>.</summary>
internal static class StringCheck
{
    public static void Check(Schema schema, JsonElement value, Place place, Findings findings)
    {
        if (schema is { MinLength: null, MaxLength: null, Pattern: null, Format: null })
        {
            return;
        }

        string text = value.GetString()!;
        findings.Spend(place, text.Length);
        if (schema.MinLength > 0 || schema.MaxLength is not null)
        {
            // JSON Schema counts characters of Unicode, not halves of surrogate pairs.
            int length = text.Count(static c => !char.IsLowSurrogate(c));
            AddIf(length < schema.MinLength, "minLength", $"at least {schema.MinLength} characters long");
            AddIf(length > schema.MaxLength, "maxLength", $"at most {schema.MaxLength} characters long");
        }

        AddIf(schema.Pattern?.IsMatch(text) == false, "pattern", $"a text that matches {schema.Pattern?.Text}");
        string? format = schema.Format is null ? null : Formats.Check(schema.Format, text);
        AddIf(format is not null, "format", format!);

        void AddIf(bool isBroken, string rule, string expected)
        {
            if (isBroken)
            {
                findings.Add(place, rule, expected, value, schema.IsSecret);
            }
        }
    }
}
