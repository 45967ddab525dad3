using Truebit.Manifest.Schemas;

namespace Truebit.Manifest.Calls;

/// <summary>Finds the schema of a field inside a body, through all that schemas are made of.</summary>
internal static class FieldSchema
{
    private const int DeepestNesting = 64;

    /// <summary>The schema of the field; null where the body cannot have it, which the check of the body will say.</summary>
    /// <param name="schema">The schema of what <paramref name="names"/> before <paramref name="from"/> name.</param>
    /// <param name="names">The parts of the field's name.</param>
    /// <param name="from">The first part that is not followed yet.</param>
    public static Schema? Find(Schema schema, string[] names, int from)
    {
        Schema? found = schema;
        for (int at = from; at < names.Length && found is not null; at++)
        {
            found = Member(found, names[at], 0) ?? (AllowsMore(found) ? Schema.Any : null);
        }

        return found;
    }

    private static Schema? Member(Schema schema, string name, int depth)
    {
        if (depth > DeepestNesting)
        {
            return null;
        }

        List<Schema> all = [];
        if (schema.PropertyByName.TryGetValue(name, out Schema? property))
        {
            all.Add(property);
        }
        else if (schema.Items is not null && name.All(static c => c is >= '0' and <= '9'))
        {
            all.Add(schema.Items);
        }
        else if (schema.AdditionalProperties is not null)
        {
            all.Add(schema.AdditionalProperties);
        }

        all.AddRange(Members(schema.AllOf, name, depth));
        all.AddRange(Choice(schema.AnyOf, name, depth));
        all.AddRange(Choice(schema.OneOf, name, depth));
        return all.Count switch
        {
            0 => null,
            1 => all[0],
            _ => new Schema { AllOf = [.. all] },
        };
    }

    private static IEnumerable<Schema> Members(Schema[] schemas, string name, int depth) =>
        schemas.Select(schema => Member(schema, name, depth + 1)).Where(static found => found is not null)!;

    private static IEnumerable<Schema> Choice(Schema[] choices, string name, int depth)
    {
        Schema[] found = [.. Members(choices, name, depth)];
        return found.Length < 2 ? found : [new Schema { AnyOf = found }];
    }

    private static bool AllowsMore(Schema schema) => schema.AllowsMore && schema.AllOf.All(static part => part.AllowsMore);
}
