using System.Text.Json;
using Truebit.Manifest.Schemas;

namespace Truebit.Manifest.Checks;

/// <summary>The keywords for objects: how many properties, which, and of which kind.</summary>
internal static class ObjectCheck
{
    /// <summary>From here on names are looked up in a set: in the JSON itself each look takes a time in proportion to its length.</summary>
    private const int ManyNames = 16;

    private const int MostNamed = 40;

    public static void Check(Schema schema, JsonElement value, Place place, Findings findings, Evaluated? seen)
    {
        CheckRequired(schema, schema.Required, value, place, findings);
        int count = 0;
        foreach (JsonProperty member in value.EnumerateObject())
        {
            count++;
            CheckMember(schema, member, place, findings, seen);
        }

        if (count < schema.MinProperties)
        {
            findings.Add(place, "minProperties", $"an object of at least {schema.MinProperties} properties", value);
        }

        if (count > schema.MaxProperties)
        {
            findings.Add(place, "maxProperties", $"an object of at most {schema.MaxProperties} properties", value);
        }

        CheckDependent(schema, value, place, findings, seen);
    }

    /// <summary>Says that a property must not be there.</summary>
    public static void Refuse(Schema schema, string rule, string name, Place place, Findings findings)
    {
        string names = string.Join(", ", schema.Properties.Take(MostNamed).Select(static known => known.Key));
        string known = names.Length == 0 ? "left out" : $"one of the properties {names}{(schema.Properties.Length > MostNamed ? ", ..." : "")}";
        findings.Add(new Place(place, name), rule, known, "not one of them");
    }

    private static void CheckDependent(Schema schema, JsonElement value, Place place, Findings findings, Evaluated? seen)
    {
        int rules = schema.DependentRequired.Length + schema.DependentSchemas.Length;
        if (rules == 0)
        {
            return;
        }

        Func<string, bool> isGiven = Given(value, rules);
        foreach ((_, string[] required) in schema.DependentRequired.Where(rule => isGiven(rule.Name)))
        {
            CheckRequired(schema, required, value, place, findings);
        }

        foreach (KeyValuePair<string, Schema> dependent in schema.DependentSchemas.Where(rule => isGiven(rule.Key)))
        {
            SchemaCheck.Check(dependent.Value, value, place, findings, seen);
        }
    }

    private static void CheckRequired(Schema schema, string[] names, JsonElement value, Place place, Findings findings)
    {
        if (names.Length == 0)
        {
            return;
        }

        Func<string, bool> isGiven = Given(value, names.Length);
        foreach (string name in names)
        {
            // What only answers have is not asked of requests, and the other way round (OpenAPI 3.0.3, 4.7.24.1).
            if (!isGiven(name) && !(schema.PropertyByName.TryGetValue(name, out Schema? property) && (findings.OfAnswer ? property.IsWriteOnly : property.IsReadOnly)))
            {
                findings.Add(new Place(place, name), "required", property?.Types is string[] types ? SchemaCheck.Named(types) : "there", (string?)null);
            }
        }
    }

    /// <summary>Says which members the value has.</summary>
    private static Func<string, bool> Given(JsonElement value, int names)
    {
        if (names < ManyNames)
        {
            return name => value.TryGetProperty(name, out _);
        }

        HashSet<string> given = new(value.EnumerateObject().Select(static member => member.Name), StringComparer.Ordinal);
        return given.Contains;
    }

    private static void CheckMember(Schema schema, JsonProperty member, Place place, Findings findings, Evaluated? seen)
    {
        string name = member.Name;
        Place its = new(place, name);
        bool isKnown = schema.PropertyByName.TryGetValue(name, out Schema? property);
        if (isKnown)
        {
            SchemaCheck.Check(property!, member.Value, its, findings);
        }

        foreach ((Pattern pattern, Schema rule) in schema.PatternProperties)
        {
            findings.Spend(its, name.Length);
            if (pattern.IsMatch(name))
            {
                isKnown = true;
                SchemaCheck.Check(rule, member.Value, its, findings);
            }
        }

        if (schema.PropertyNames is not null)
        {
            SchemaCheck.Check(schema.PropertyNames, JsonValue.OfText(name), its, findings);
        }

        if (!isKnown && !schema.AllowsMore)
        {
            Refuse(schema, "additionalProperties", name, place, findings);
        }
        else if (!isKnown && schema.AdditionalProperties is not null)
        {
            SchemaCheck.Check(schema.AdditionalProperties, member.Value, its, findings);
        }

        if (isKnown || schema.SaysAdditional)
        {
            seen?.Names.Add(name);
        }
    }
}
