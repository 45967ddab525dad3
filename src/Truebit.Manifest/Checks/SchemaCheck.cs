using System.Text.Json;
using Truebit.Manifest.Schemas;

namespace Truebit.Manifest.Checks;

/// <summary>Checks a value against a schema: the keywords of JSON Schema as OpenAPI 3.0 (4.7.24) and 3.1 (4.8.24) take them over.</summary>
internal static class SchemaCheck
{
    /// <summary>Adds what is wrong with <paramref name="value"/>.</summary>
    /// <param name="seen">Told of the members that the schema says something of, for a schema around it that has a rule for all others.</param>
    /// <exception cref="ManifestException">The schema refers to itself without end.</exception>
    public static void Check(Schema schema, JsonElement value, Place place, Findings findings, Evaluated? seen = null)
    {
        findings.Enter(place);
        if (CheckType(schema, value, place, findings))
        {
            Evaluated? own = schema.UnevaluatedItems is null && schema.UnevaluatedProperties is null ? seen : new Evaluated();
            CheckAllowed("enum", schema, schema.Enum, value, place, findings);
            CheckAllowed("const", schema, schema.Const, value, place, findings);
            switch (value.ValueKind)
            {
                case JsonValueKind.Number:
                    NumberCheck.Check(schema, value, place, findings);
                    break;
                case JsonValueKind.String:
                    StringCheck.Check(schema, value, place, findings);
                    break;
                case JsonValueKind.Array:
                    ArrayCheck.Check(schema, value, place, findings, own);
                    break;
                case JsonValueKind.Object:
                    ObjectCheck.Check(schema, value, place, findings, own);
                    break;
            }

            CombinationCheck.Check(schema, value, place, findings, own);
            if (own != seen)
            {
                UnevaluatedCheck.Check(schema, value, place, findings, own!);
                seen?.Add(own!);
            }
        }

        findings.Leave();
    }

    /// <summary>Whether the value fits.</summary>
    /// <exception cref="ManifestException">The schema refers to itself without end, or there is no budget for it.</exception>
    public static bool Allows(Schema schema, JsonElement value, Budget budget, bool ofAnswer = false)
    {
        Findings findings = new(budget) { OfAnswer = ofAnswer };
        Check(schema, value, new Place(null, "the value"), findings);
        return findings.IsValid;
    }

    /// <summary>The types with their articles.</summary>
    public static string Named(params string[] types) => types.Length == 0 ? "null" : string.Join(" or ", types.Select(static type => type switch
    {
        "integer" or "array" or "object" => $"an {type}",
        _ => $"a {type}",
    }));

    /// <summary>Whether the value's type is right; with a wrong one, no other rule tells anything.</summary>
    private static bool CheckType(Schema schema, JsonElement value, Place place, Findings findings)
    {
        bool fits = schema.Types is null || (value.ValueKind == JsonValueKind.Null ? schema.IsNullable : IsOneOf(schema.Types, schema, value));
        if (!fits)
        {
            findings.Add(place, "type", Named(schema.Types!), value, schema.IsSecret);
        }

        return fits;
    }

    private static bool IsOneOf(string[] types, Schema schema, JsonElement value)
    {
        foreach (string type in types)
        {
            if (Is(type, schema, value))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Is(string type, Schema schema, JsonElement value) => type switch
    {
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && NumberCheck.IsInteger(value, schema.AllowsZeroFraction),
        "array" => value.ValueKind == JsonValueKind.Array,
        _ => value.ValueKind == JsonValueKind.Object,
    };

    private static void CheckAllowed(string rule, Schema schema, AllowedValues? allowed, JsonElement value, Place place, Findings findings)
    {
        if (allowed is not null && !(value.ValueKind == JsonValueKind.Null && schema.IsNullable)
            && !(allowed.HasKind(value.ValueKind) && allowed.Contains(findings.Canonical(place, value))))
        {
            findings.Add(place, rule, allowed.ToString(), value, schema.IsSecret);
        }
    }
}
