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
            found = Member(found, names[at], 0, []) ?? (AllowsMore(found) ? Schema.Any : null);
        }

        return found;
    }

    /// <param name="seen">Schemas that were looked into: what they say is known.</param>
    private static Schema? Member(Schema schema, string name, int depth, HashSet<Schema> seen)
    {
        if (depth > DeepestNesting || !seen.Add(schema))
        {
            return null;
        }

        List<Schema> all = [.. Own(schema, name)];
        all.AddRange(Members(schema.AllOf, name, depth, seen));
        all.AddRange(Choice(schema.AnyOf, name, depth, seen));
        all.AddRange(Choice(schema.OneOf, name, depth, seen));
        return all.Count switch
        {
            0 => null,
            1 => all[0],
            _ => new Schema { AllOf = [.. all] },
        };
    }

    private static IEnumerable<Schema> Own(Schema schema, string name)
    {
        if (schema.PropertyByName.TryGetValue(name, out Schema? property))
        {
            return [property];
        }

        if ((schema.PrefixItems.Length > 0 || schema.Items is not null) && name.All(static c => c is >= '0' and <= '9'))
        {
            return [(int.TryParse(name, out int index) && index < schema.PrefixItems.Length ? schema.PrefixItems[index] : schema.Items) ?? Schema.Any];
        }

        Schema[] matching = [.. schema.PatternProperties.Where(rule => rule.Pattern.IsMatch(name)).Select(static rule => rule.Schema)];
        return matching.Length > 0 ? matching
            : schema is { AllowsMore: true, AdditionalProperties: not null } ? [schema.AdditionalProperties]
            : [];
    }

    private static IEnumerable<Schema> Members(Schema[] schemas, string name, int depth, HashSet<Schema> seen) =>
        schemas.Select(schema => Member(schema, name, depth + 1, seen)).Where(static found => found is not null)!;

    private static IEnumerable<Schema> Choice(Schema[] choices, string name, int depth, HashSet<Schema> seen)
    {
        Schema[] found = [.. Members(choices, name, depth, seen)];
        return found.Length < 2 ? found : [new Schema { AnyOf = found }];
    }

    private static bool AllowsMore(Schema schema) => schema.AllowsMore && schema.AllOf.All(static part => part.AllowsMore);
}
