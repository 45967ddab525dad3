using System.Text.Json;
using Truebit.Manifest.Samples;
using Truebit.Manifest.Schemas;

namespace Truebit.Manifest.Calls;

/// <summary>The row that a person who fills in a file for an operation starts from: method and path, parameters, headers, body.</summary>
internal sealed class RowTemplate
{
    /// <summary>A body with more columns is one column of JSON.</summary>
    private const int MostColumns = 1000;

    private readonly string _method;
    private readonly string _path;

    /// <param name="operation">The operation.</param>
    /// <param name="sampler">Makes the examples.</param>
    /// <param name="spelling">Gives a column's name the capitals that an earlier row has given it, because columns do not differ by capitals.</param>
    /// <exception cref="ManifestException">The operation cannot be followed.</exception>
    public RowTemplate(ManifestOperation operation, Sampler sampler, Func<string, string> spelling)
    {
        OperationRules rules = operation.Rules;
        Dictionary<string, string> names = new(StringComparer.OrdinalIgnoreCase);
        List<TemplateField> fields = [];
        string path = string.Concat(PathTemplate.Parts(operation.Path).Select((part, index) => index % 2 == 0 ? part
            : Placeholder(rules.Path.TryGetValue(part, out Parameter? known) ? known : Parameter.Undeclared(part))));
        string query = string.Join("&", rules.Query.Values.Where(static parameter => parameter.IsRequired)
            .Select(parameter => $"{Uri.EscapeDataString(parameter.Name)}={Placeholder(parameter)}"));
        _method = operation.Method;
        _path = query.Length == 0 ? path : $"{path}{(path.IndexOf('?') < 0 ? '?' : '&')}{query}";
        foreach (Parameter header in rules.Headers.Values)
        {
            Schema schema = header.Schema ?? Schema.Any;
            fields.Add(TemplateField.Column(spelling($"headers.{header.Name}"), Text, header.IsRequired ? InText(sampler.Of(schema, header.Examples), isExploded: false) : null));
        }

        if (rules.TakesBody)
        {
            Schema body = rules.Body ?? Schema.Any;
            fields.Add(TemplateField.Of("body", body, sampler.Of(body, rules.BodyExamples), MostColumns));
        }

        Fields = fields;

        // The names of placeholders are the row's own, so one that cannot be a column's name, or is taken, is another one.
        string Placeholder(Parameter parameter)
        {
            string name = string.Concat(parameter.Name.Select(static c => char.IsLetterOrDigit(c) || c is '_' or '-' ? c : '-'));
            string column = spelling($"params.{name}");
            for (int number = 2; names.ContainsKey(column); number++)
            {
                column = spelling($"params.{name}-{(number == 2 ? "query" : $"query{number}")}");
            }

            names.Add(column, "");
            Schema schema = parameter.Schema ?? Schema.Any;
            SampleValue example = sampler.Of(schema, parameter.Examples);
            fields.Add(parameter.IsArray
                ? TemplateField.Column(column, Text, InText(example, parameter.IsExploded))
                : TemplateField.Column(column, schema, example));
            return $"{{{column.Substring("params.".Length)}}}";
        }
    }

    public IReadOnlyList<TemplateField> Fields { get; }

    private static Schema Text { get; } = new() { Types = ["string"] };

    /// <summary>The row: names of columns and their cells.</summary>
    /// <param name="typeOf">The ending of a column.</param>
    public IReadOnlyList<KeyValuePair<string, string>> ToRow(Func<TemplateField, string> typeOf) =>
    [
        new("Method", _method),
        new("Path", _path),
        .. Fields.SelectMany(static field => field.Columns).Select(field => new KeyValuePair<string, string>(field.Name + typeOf(field), field.Cell(typeOf(field)))),
    ];

    /// <summary>A value as the path or a header holds it: an array's items with commas between them, or the first where each is a parameter of its own.</summary>
    private static SampleValue InText(SampleValue value, bool isExploded)
    {
        JsonElement json = JsonValue.Parse(value.Json);
        string text = json.ValueKind == JsonValueKind.Array
            ? string.Join(",", json.EnumerateArray().Take(isExploded ? 1 : int.MaxValue).Select(static item => item.ToString()))
            : json.ToString();
        return value with { Json = JsonSerializer.Serialize(text) };
    }
}
