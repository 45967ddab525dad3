using System.Text;
using System.Text.Json;
using Truebit.Manifest.Checks;
using Truebit.Manifest.Schemas;

namespace Truebit.Manifest.Calls;

/// <summary>Where a row's path gives a parameter its value: text, placeholders, or both (<c>{from}..{to}</c>).</summary>
internal sealed class ParameterUse
{
    private readonly string[] _parts;

    public ParameterUse(Parameter parameter, string text)
    {
        Parameter = parameter;
        _parts = PathTemplate.Parts(text);
        OnlyPlaceholder = _parts.Length == 3 && _parts[0].Length + _parts[2].Length == 0 ? _parts[1] : null;
    }

    public Parameter Parameter { get; }

    /// <summary>The placeholder that the whole value is; null where there is text beside it.</summary>
    public string? OnlyPlaceholder { get; }

    /// <summary>The schema of the placeholder's own value.</summary>
    public Schema? ValueSchema => Parameter.IsArray ? null : Parameter.Schema;

    private IEnumerable<string> Placeholders => _parts.Where(static (_, index) => index % 2 == 1);

    /// <summary>Checks the value that the parameter gets in a call; what is missing is found elsewhere.</summary>
    /// <param name="values">The call's <c>params</c>.</param>
    /// <param name="others">Further uses of the same parameter in the query; null for the first of them.</param>
    public void Check(JsonElement values, IReadOnlyList<ParameterUse> others, Findings findings)
    {
        Place place = OnlyPlaceholder is null ? new Place(null, "path") : new Place(new Place(null, "params"), OnlyPlaceholder);
        if (Parameter.Schema is null || Placeholders.Any(name => !values.TryGetProperty(name, out _)))
        {
            return;
        }

        if (OnlyPlaceholder is not null && values.GetProperty(OnlyPlaceholder) is { ValueKind: JsonValueKind.Array or JsonValueKind.Object or JsonValueKind.Null } odd)
        {
            findings.Add(place, "type", "text, a number or a boolean, because it goes into the path", odd);
        }
        else if (Parameter.IsArray)
        {
            SchemaCheck.Check(Parameter.Schema, Items(values, others), place, findings);
        }
        else if (OnlyPlaceholder is not null)
        {
            SchemaCheck.Check(Parameter.Schema, values.GetProperty(OnlyPlaceholder), place, findings);
        }
        else
        {
            SchemaCheck.Check(Parameter.Schema, CellText.Value(Parameter.Schema, Text(values)), place, findings);
        }
    }

    /// <summary>An array of a query: one item for each use, or the parts between commas.</summary>
    private JsonElement Items(JsonElement values, IReadOnlyList<ParameterUse> others)
    {
        Schema items = FieldSchema.Find(Parameter.Schema!, ["0"], 0) ?? Schema.Any;
        IEnumerable<string> texts = Parameter.IsExploded
            ? others.Prepend(this).Where(use => use.Placeholders.All(name => values.TryGetProperty(name, out _))).Select(use => use.Text(values))
            : Text(values).Split(',');
        return JsonValue.Parse($"[{string.Join(",", texts.Select(text => CellText.Value(items, text).GetRawText()))}]");
    }

    private string Text(JsonElement values)
    {
        StringBuilder text = new();
        for (int index = 0; index < _parts.Length; index++)
        {
            text.Append(index % 2 == 0 ? Uri.UnescapeDataString(_parts[index]) : values.GetProperty(_parts[index]).ToString());
        }

        return text.ToString();
    }
}
