using System.Text.Json;
using Truebit.Manifest.Schemas;

namespace Truebit.Manifest.Samples;

/// <summary>A schema with all that it is made of, where of each choice one kind is taken.</summary>
internal sealed class SchemaShape
{
    /// <summary>Further kinds of a choice are not tried.</summary>
    private const int MostKinds = 8;

    private const int MostParts = 1000;

    private SchemaShape(Schema schema, int kind)
    {
        // Not by recursion: schemas may be chained without end.
        List<Schema> parts = [];
        HashSet<Schema> seen = [];
        Stack<Schema> next = new([schema]);
        while (next.Count > 0 && parts.Count < MostParts)
        {
            Schema part = next.Pop();
            if (!seen.Add(part))
            {
                continue;
            }

            parts.Add(part);
            foreach (Schema inner in part.AllOf.Concat(Kind(part.OneOf)).Concat(Kind(part.AnyOf)).Reverse())
            {
                next.Push(inner);
            }
        }

        Parts = parts;
        Properties = parts.Count == 1
            ? schema.Properties
            : [.. parts.SelectMany(static part => part.Properties)
                .GroupBy(static property => property.Key, static property => property.Value, StringComparer.Ordinal)
                .Select(static same => new KeyValuePair<string, Schema>(same.Key, Both([.. same.Distinct()])))];

        IEnumerable<Schema> Kind(Schema[] choices) => choices.Skip(Math.Min(kind, choices.Length - 1)).Take(1);
    }

    /// <summary>The schema itself, its allOf, and the kinds taken.</summary>
    public IReadOnlyList<Schema> Parts { get; }

    /// <summary>The properties that are declared anywhere in it.</summary>
    public IReadOnlyList<KeyValuePair<string, Schema>> Properties { get; }

    /// <summary>The names of the properties that are asked for.</summary>
    public HashSet<string> Required => new(Parts.SelectMany(static part => part.Required), StringComparer.Ordinal);

    /// <summary>The shapes that the schema may have: as many as there are kinds in the choice with the most of them.</summary>
    public static IEnumerable<SchemaShape> Of(Schema schema)
    {
        SchemaShape first = new(schema, 0);
        yield return first;
        int kinds = Math.Min(MostKinds, first.Parts.Max(static part => Math.Max(part.OneOf.Length, part.AnyOf.Length)));
        for (int kind = 1; kind < kinds; kind++)
        {
            yield return new SchemaShape(schema, kind);
        }
    }

    /// <summary>The shape that a value has: the first that declares all of its properties.</summary>
    public static SchemaShape Of(Schema schema, JsonElement? value)
    {
        SchemaShape[] shapes = [.. Of(schema)];
        return value is { ValueKind: JsonValueKind.Object } whole && Array.Find(shapes, shape => shape.Declares(whole)) is SchemaShape its ? its : shapes[0];
    }

    /// <summary>
    /// The properties that stand in a request or in an answer. Those of the other only are among them where they are asked for all the same, by a
    /// part that does not say so of them.
    /// </summary>
    public IEnumerable<KeyValuePair<string, Schema>> PropertiesOf(bool ofAnswer)
    {
        HashSet<string>? asked = null;
        return Properties.Where(property => !(ofAnswer ? property.Value.IsWriteOnly : property.Value.IsReadOnly) || Asked().Contains(property.Key));

        HashSet<string> Asked() => asked ??= new(
            Parts.SelectMany(static part => part.Required.Where(name => !part.PropertyByName.ContainsKey(name))), StringComparer.Ordinal);
    }

    private bool Declares(JsonElement value)
    {
        HashSet<string> names = new(Properties.Select(static property => property.Key), StringComparer.Ordinal);
        return value.EnumerateObject().All(member => names.Contains(member.Name));
    }

    /// <summary>A property that several parts declare keeps to all of them.</summary>
    private static Schema Both(Schema[] schemas) => schemas.Length == 1 ? schemas[0] : new Schema
    {
        AllOf = schemas,
        IsReadOnly = schemas.All(static schema => schema.IsReadOnly),
        IsWriteOnly = schemas.All(static schema => schema.IsWriteOnly),
    };
}
