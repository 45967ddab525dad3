using System.Text.Json;
using System.Text.RegularExpressions;

namespace Truebit.Manifest.Schemas;

/// <summary>Checks a value against a schema: JSON Schema's keywords as OpenAPI 3.0.3 takes them over (4.7.24), for a request.</summary>
internal static class SchemaCheck
{
    /// <summary>Adds what is wrong with <paramref name="value"/>.</summary>
    /// <exception cref="ManifestException">The schema refers to itself without end.</exception>
    public static void Check(Schema schema, JsonElement value, Place place, Findings findings)
    {
        findings.Enter(place);
        if (CheckType(schema, value, place, findings))
        {
            CheckEnum(schema, value, place, findings);
            switch (value.ValueKind)
            {
                case JsonValueKind.Number:
                    NumberCheck.Check(schema, value, place, findings);
                    break;
                case JsonValueKind.String:
                    CheckString(schema, value, place, findings);
                    break;
                case JsonValueKind.Array:
                    CheckArray(schema, value, place, findings);
                    break;
                case JsonValueKind.Object:
                    CheckObject(schema, value, place, findings);
                    break;
            }

            CheckCombinations(schema, value, place, findings);
        }

        findings.Leave();
    }

    /// <summary>Whether the value's type is right; with a wrong one, no other rule tells anything.</summary>
    private static bool CheckType(Schema schema, JsonElement value, Place place, Findings findings)
    {
        bool fits = schema.Type switch
        {
            null => true,
            _ when value.ValueKind == JsonValueKind.Null => schema.IsNullable,
            "string" => value.ValueKind == JsonValueKind.String,
            "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
            "number" => value.ValueKind == JsonValueKind.Number,
            "integer" => value.ValueKind == JsonValueKind.Number && NumberCheck.IsInteger(value),
            "array" => value.ValueKind == JsonValueKind.Array,
            "object" => value.ValueKind == JsonValueKind.Object,
            _ => false,
        };
        if (!fits)
        {
            findings.Add(place, "type", Named(schema.Type!), value, schema.IsSecret);
        }

        return fits;
    }

    private static void CheckEnum(Schema schema, JsonElement value, Place place, Findings findings)
    {
        if (schema.Enum is not null && !(value.ValueKind == JsonValueKind.Null && schema.IsNullable) && !schema.Enum.ContainsKey(JsonValue.Canonical(value)))
        {
            string allowed = string.Join(", ", schema.Enum.Values.Take(20).Select(static allowed => allowed.ToString())) + (schema.Enum.Count > 20 ? ", ..." : "");
            findings.Add(place, "enum", schema.Enum.Count == 1 ? allowed : $"one of {allowed}", value, schema.IsSecret);
        }
    }

    private static void CheckString(Schema schema, JsonElement value, Place place, Findings findings)
    {
        if (schema is { MinLength: null, MaxLength: null, Pattern: null, Format: null })
        {
            return;
        }

        string text = value.GetString()!;
        if (schema.MinLength > 0 || schema.MaxLength is not null)
        {
            // JSON Schema counts characters of Unicode, not halves of surrogate pairs.
            int length = text.Count(static c => !char.IsLowSurrogate(c));
            AddIf(length < schema.MinLength, "minLength", $"at least {schema.MinLength} characters long");
            AddIf(length > schema.MaxLength, "maxLength", $"at most {schema.MaxLength} characters long");
        }

        AddIf(schema.Pattern is not null && !IsMatch(schema.Pattern, text), "pattern", $"a text that matches {schema.PatternText}");
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

    /// <summary>A pattern that cannot be decided in its time is no reason to pay.</summary>
    private static bool IsMatch(Regex pattern, string text)
    {
        try
        {
            return pattern.IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }

    private static void CheckArray(Schema schema, JsonElement value, Place place, Findings findings)
    {
        int length = value.GetArrayLength();
        if (length < schema.MinItems)
        {
            findings.Add(place, "minItems", $"an array of at least {schema.MinItems}", value);
        }

        if (length > schema.MaxItems)
        {
            findings.Add(place, "maxItems", $"an array of at most {schema.MaxItems}", value);
        }

        HashSet<string>? seen = schema.HasUniqueItems ? new(StringComparer.Ordinal) : null;
        int index = 0;
        foreach (JsonElement item in value.EnumerateArray())
        {
            if (seen is not null && !seen.Add(JsonValue.Canonical(item)))
            {
                findings.Add(new Place(place, index.ToString()), "uniqueItems", "different from the items before it", item, schema.Items?.IsSecret == true);
            }

            if (schema.Items is not null)
            {
                Check(schema.Items, item, new Place(place, index.ToString()), findings);
            }

            index++;
        }
    }

    private static void CheckObject(Schema schema, JsonElement value, Place place, Findings findings)
    {
        foreach (string name in schema.Required)
        {
            // A property that only answers have is not asked of requests (OpenAPI 3.0.3, 4.7.24.1, readOnly).
            if (!value.TryGetProperty(name, out _) && !(schema.PropertyByName.TryGetValue(name, out Schema? property) && property.IsReadOnly))
            {
                findings.Add(new Place(place, name), "required", property?.Type is string type ? Named(type) : "there", (string?)null);
            }
        }

        int count = 0;
        foreach (JsonProperty member in value.EnumerateObject())
        {
            count++;
            if (schema.PropertyByName.TryGetValue(member.Name, out Schema? property))
            {
                Check(property, member.Value, new Place(place, member.Name), findings);
            }
            else if (!schema.AllowsMore)
            {
                string known = schema.Properties.Count == 0 ? "left out" : $"one of the properties {string.Join(", ", schema.Properties.Select(static known => known.Key))}";
                findings.Add(new Place(place, member.Name), "additionalProperties", known, "not one of them");
            }
            else if (schema.AdditionalProperties is not null)
            {
                Check(schema.AdditionalProperties, member.Value, new Place(place, member.Name), findings);
            }
        }

        if (count < schema.MinProperties)
        {
            findings.Add(place, "minProperties", $"an object of at least {schema.MinProperties} properties", value);
        }

        if (count > schema.MaxProperties)
        {
            findings.Add(place, "maxProperties", $"an object of at most {schema.MaxProperties} properties", value);
        }
    }

    private static void CheckCombinations(Schema schema, JsonElement value, Place place, Findings findings)
    {
        foreach (Schema part in schema.AllOf)
        {
            Check(part, value, place, findings);
        }

        CheckChoice("anyOf", schema.AnyOf, static fitting => fitting >= 1, value, place, findings);
        CheckChoice("oneOf", schema.OneOf, static fitting => fitting == 1, value, place, findings);
        if (schema.Not is not null && Trial(schema.Not, value, place, findings).IsValid)
        {
            findings.Add(place, "not", "something else", value, schema.IsSecret);
        }
    }

    private static void CheckChoice(string rule, Schema[] choices, Func<int, bool> isRight, JsonElement value, Place place, Findings findings)
    {
        if (choices.Length == 0)
        {
            return;
        }

        Findings[] tries = [.. choices.Select(choice => Trial(choice, value, place, findings))];
        int fitting = tries.Count(static one => one.IsValid);
        if (isRight(fitting))
        {
            return;
        }

        if (fitting > 1)
        {
            findings.Add(place, rule, $"of exactly one of {choices.Length} kinds", $"of {fitting} at a time");
            return;
        }

        // The kind that was meant is the one with the fewest problems.
        Findings nearest = tries.OrderBy(static one => one.Problems.Count).First();
        findings.Add(place, rule, $"of one of {choices.Length} kinds", $"of none; for the nearest, {nearest.Problems[0]}");
    }

    private static Findings Trial(Schema schema, JsonElement value, Place place, Findings findings)
    {
        Findings trial = findings.Try();
        Check(schema, value, place, trial);
        return trial;
    }

    /// <summary>The type with its article.</summary>
    internal static string Named(string type) => type switch
    {
        "integer" or "array" or "object" => $"an {type}",
        _ => $"a {type}",
    };
}
