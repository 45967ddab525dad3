using System.Globalization;
using System.Text.Json;
using Truebit.Manifest.Schemas;

namespace Truebit.Manifest.Checks;

/// <summary>The keywords for arrays: how many items, and of which kind.</summary>
internal static class ArrayCheck
{
    public static void Check(Schema schema, JsonElement value, Place place, Findings findings, Evaluated? seen)
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

        if (schema.HasUniqueItems || schema.Items is not null || schema.Contains is not null || schema.PrefixItems.Length > 0)
        {
            CheckItems(schema, value, place, findings, seen);
        }
    }

    private static void CheckItems(Schema schema, JsonElement value, Place place, Findings findings, Evaluated? seen)
    {
        HashSet<string>? known = schema.HasUniqueItems && value.GetArrayLength() > 1 ? new(StringComparer.Ordinal) : null;
        int index = 0;
        int contained = 0;
        foreach (JsonElement item in value.EnumerateArray())
        {
            Place its = new(place, index.ToString(CultureInfo.InvariantCulture));
            if (known?.Add(findings.Canonical(its, item)) == false)
            {
                findings.Add(its, "uniqueItems", "different from the items before it", item, schema.Items?.IsSecret == true);
            }

            if ((index < schema.PrefixItems.Length ? schema.PrefixItems[index] : schema.Items) is Schema rule)
            {
                SchemaCheck.Check(rule, item, its, findings);
                seen?.Items.Add(index);
            }

            if (schema.Contains is not null && CombinationCheck.Try(schema.Contains, item, its, findings).IsValid)
            {
                contained++;
                seen?.Items.Add(index);
            }

            index++;
        }

        CheckContained(schema, contained, place, findings);
    }

    private static void CheckContained(Schema schema, int contained, Place place, Findings findings)
    {
        int least = schema.MinContains ?? 1;
        if (schema.Contains is not null && contained < least)
        {
            findings.Add(place, schema.MinContains is null ? "contains" : "minContains", $"an array with at least {least} of a kind", $"with {contained}");
        }
        else if (schema.Contains is not null && contained > schema.MaxContains)
        {
            findings.Add(place, "maxContains", $"an array with at most {schema.MaxContains} of a kind", $"with {contained}");
        }
    }
}
