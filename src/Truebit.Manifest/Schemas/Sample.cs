using System.Globalization;
using System.Text.Json;

namespace Truebit.Manifest.Schemas;

/// <summary>Makes a value that fits a schema: of its example, its default, its enum, or else of its type.</summary>
internal static class Sample
{
    /// <summary>The value as JSON text.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="ofAnswer">Whether it stands in an answer, which has the read-only properties as well.</param>
    public static string Of(Schema schema, bool ofAnswer = false) => Of(schema, ofAnswer, []);

    /// <summary>The properties of an object, with those of all schemas that it is made of.</summary>
    public static IReadOnlyList<KeyValuePair<string, Schema>> Properties(Schema schema) => [.. Collect(schema, []).GroupBy(static property => property.Key).Select(static same => same.First())];

    /// <summary>The names of properties that the schema, or one that it is made of, requires.</summary>
    public static HashSet<string> Required(Schema schema) => new(Parts(schema, []).SelectMany(static part => part.Required), StringComparer.Ordinal);

    /// <summary>The type that the schema, or one that it is made of, names.</summary>
    public static string? TypeOf(Schema schema) => Parts(schema, []).Select(static part => part.Type).FirstOrDefault(static type => type is not null)
        ?? (Properties(schema).Count > 0 ? "object" : null);

    private static string Of(Schema schema, bool ofAnswer, HashSet<Schema> above)
    {
        Schema[] parts = [.. Parts(schema, [])];
        string? given = parts.Select(static part => part.Example ?? part.Default ?? part.Enum?.Values.First().GetRawText()).FirstOrDefault(static json => json is not null);
        if (given is not null)
        {
            return given;
        }

        return TypeOf(schema) switch
        {
            "object" => Object(schema, ofAnswer, above),
            "array" => Array(parts.First(static part => part.Type == "array"), ofAnswer, above),
            "integer" or "number" => Number(parts.First(static part => part.Type is "integer" or "number")),
            "boolean" => "true",
            _ => JsonSerializer.Serialize(Text(parts.FirstOrDefault(static part => part.Type == "string") ?? schema)),
        };
    }

    private static string Object(Schema schema, bool ofAnswer, HashSet<Schema> above)
    {
        HashSet<string> required = Required(schema);
        List<string> members = [];
        foreach (KeyValuePair<string, Schema> property in Properties(schema))
        {
            // One that contains its own kind would have no end.
            if ((property.Value.IsReadOnly && !ofAnswer) || !above.Add(property.Value))
            {
                continue;
            }

            string json = Of(property.Value, ofAnswer, above);
            above.Remove(property.Value);
            if (required.Contains(property.Key) || property.Value.Allows(JsonValue.Parse(json)))
            {
                members.Add($"{JsonSerializer.Serialize(property.Key)}:{json}");
            }
        }

        return $"{{{string.Join(",", members)}}}";
    }

    private static string Array(Schema schema, bool ofAnswer, HashSet<Schema> above)
    {
        if (schema.Items is null || !above.Add(schema.Items))
        {
            return "[]";
        }

        string item = Of(schema.Items, ofAnswer, above);
        above.Remove(schema.Items);
        return $"[{string.Join(",", Enumerable.Repeat(item, Math.Max(1, schema.MinItems ?? 1)))}]";
    }

    private static string Number(Schema schema)
    {
        decimal step = schema.MultipleOf is decimal multiple && multiple != 0 ? Math.Abs(multiple) : 1;
        decimal number = schema.Minimum ?? (schema.Maximum < 1 ? schema.Maximum.Value : step);
        number = schema.Minimum is null ? Math.Floor(number / step) * step : Math.Ceiling(number / step) * step;
        number += number == schema.Minimum && schema.IsMinimumExclusive ? step : 0;
        number -= number == schema.Maximum && schema.IsMaximumExclusive ? step : 0;
        return number.ToString("0.############################", CultureInfo.InvariantCulture);
    }

    private static string Text(Schema schema)
    {
        string text = schema.Format switch
        {
            "date" => "2077-08-24",
            "date-time" => "2077-08-24T14:15:22Z",
            "uuid" => "0f8fad5b-d9cb-469f-a165-70867728950e",
            "email" => "name@example.com",
            "uri" => "https://example.com/",
            "byte" => "dGV4dA==",
            "ipv4" => "192.0.2.1",
            "ipv6" => "2001:db8::1",
            _ => "text",
        };
        text = text.PadRight(schema.MinLength ?? 0, 'x');
        return text.Length > schema.MaxLength ? text.Substring(0, schema.MaxLength.Value) : text;
    }

    private static IEnumerable<KeyValuePair<string, Schema>> Collect(Schema schema, HashSet<Schema> seen) => Parts(schema, seen).SelectMany(static part => part.Properties);

    /// <summary>The schema, all of its allOf, and the first of its choices.</summary>
    private static IEnumerable<Schema> Parts(Schema schema, HashSet<Schema> seen) => !seen.Add(schema)
        ? []
        : schema.AllOf.Concat(schema.OneOf.Take(1)).Concat(schema.AnyOf.Take(1)).SelectMany(part => Parts(part, seen)).Prepend(schema);
}
