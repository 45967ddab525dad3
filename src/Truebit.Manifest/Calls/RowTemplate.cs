using System.Text.Json;
using Truebit.Manifest.Schemas;

namespace Truebit.Manifest.Calls;

/// <summary>Makes the row that a person who fills in a file for an operation starts from.</summary>
internal static class RowTemplate
{
    /// <summary>Columns and example cells: method and path, parameters, headers, body.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Of(ManifestOperation operation)
    {
        OperationRules rules = operation.Rules;
        Parameter[] query = [.. rules.Query.Values.Where(static parameter => parameter.IsRequired)];
        string path = operation.Path + (query.Length == 0 ? "" : $"?{string.Join("&", query.Select(static parameter => $"{parameter.Name}={{{parameter.Name}}}"))}");
        List<KeyValuePair<string, string>> row = [new("Method", operation.Method), new("Path", path)];
        foreach (Parameter parameter in operation.Template.Names.Select(name => rules.Path.TryGetValue(name, out Parameter? known) ? known : Parameter.Undeclared(name)).Concat(query))
        {
            // An array in a query is one text, of which an item makes the example.
            Schema schema = (parameter.Schema?.Type == "array" ? parameter.Schema.Items : parameter.Schema) ?? Schema.Any;
            string type = parameter.Schema?.Type == "array" ? "" : Ending(schema);
            row.Add(new($"params.{parameter.Name}{type}", Cell(JsonValue.Parse(parameter.Example ?? Sample.Of(schema)))));
        }

        foreach (Parameter header in rules.Headers.Values)
        {
            row.Add(new($"headers.{header.Name}", header.IsRequired ? Cell(JsonValue.Parse(header.Example ?? Sample.Of(header.Schema ?? Schema.Any))) : ""));
        }

        if (rules.TakesBody)
        {
            Schema body = rules.Body ?? Schema.Any;
            AddField(row, "body", body, JsonValue.Parse(rules.BodyExample ?? Sample.Of(body)), [body]);
        }

        return row;
    }

    private static void AddField(List<KeyValuePair<string, string>> row, string field, Schema schema, JsonElement? example, HashSet<Schema> above)
    {
        IReadOnlyList<KeyValuePair<string, Schema>> properties = Sample.Properties(schema);
        if (Sample.TypeOf(schema) != "object" || properties.Count == 0 || !properties.All(static property => CanBeColumn(property.Key)))
        {
            row.Add(new(field + Ending(schema), example is JsonElement value ? Cell(value) : ""));
            return;
        }

        foreach (KeyValuePair<string, Schema> property in properties.Where(static property => !property.Value.IsReadOnly))
        {
            JsonElement? inner = example is { ValueKind: JsonValueKind.Object } whole && whole.TryGetProperty(property.Key, out JsonElement found) ? found : null;
            if (above.Add(property.Value))
            {
                AddField(row, $"{field}.{property.Key}", property.Value, inner, above);
                above.Remove(property.Value);
            }
        }
    }

    /// <summary>A dot would nest, a colon name a type, and a number be an item of an array.</summary>
    private static bool CanBeColumn(string name) => name.Length > 0 && name.IndexOfAny(['.', ':']) < 0 && !name.All(char.IsDigit);

    private static string Ending(Schema schema) => Sample.TypeOf(schema) switch
    {
        "integer" => ":integer",
        "number" => ":number",
        "boolean" => ":boolean",
        "array" or "object" => ":json",
        _ => "",
    };

    private static string Cell(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Null => "",
        _ => value.GetRawText(),
    };
}
