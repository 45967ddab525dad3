using System.Globalization;
using System.Text.Json;
using Truebit.Manifest.Schemas;

namespace Truebit.Manifest.Checks;

/// <summary>The rules for members that no other rule was for (JSON Schema 2020-12, 11).</summary>
internal static class UnevaluatedCheck
{
    public static void Check(Schema schema, JsonElement value, Place place, Findings findings, Evaluated seen)
    {
        if (value.ValueKind == JsonValueKind.Object && schema.UnevaluatedProperties is not null)
        {
            CheckProperties(schema, schema.UnevaluatedProperties, value, place, findings, seen);
        }
        else if (value.ValueKind == JsonValueKind.Array && schema.UnevaluatedItems is not null)
        {
            CheckItems(schema.UnevaluatedItems, value, place, findings, seen);
        }
    }

    private static void CheckProperties(Schema schema, Schema rule, JsonElement value, Place place, Findings findings, Evaluated seen)
    {
        foreach (JsonProperty member in value.EnumerateObject().Where(member => seen.Names.Add(member.Name)))
        {
            if (rule == Schema.None)
            {
                ObjectCheck.Refuse(schema, "unevaluatedProperties", member.Name, place, findings);
            }
            else
            {
                SchemaCheck.Check(rule, member.Value, new Place(place, member.Name), findings);
            }
        }
    }

    private static void CheckItems(Schema rule, JsonElement value, Place place, Findings findings, Evaluated seen)
    {
        int index = 0;
        foreach (JsonElement item in value.EnumerateArray())
        {
            if (seen.Items.Add(index))
            {
                SchemaCheck.Check(rule, item, new Place(place, index.ToString(CultureInfo.InvariantCulture)), findings);
            }

            index++;
        }
    }
}
