using System.Text.Json;
using Truebit.Manifest.Checks;
using Truebit.Manifest.Samples;
using Truebit.Manifest.Schemas;

namespace Truebit.Manifest.Calls;

/// <summary>A field of a template: a column with a cell, or an object whose properties are fields.</summary>
internal sealed class TemplateField
{
    /// <summary>The type of columns that can hold anything.</summary>
    public const string Json = ":json";

    private const int DeepestNesting = 32;

    private readonly Schema _schema;
    private readonly JsonElement? _example;
    private List<TemplateField> _children = [];

    private TemplateField(string name, string property, Schema schema, JsonElement? example)
    {
        Name = name;
        Property = property;
        _schema = schema;
        _example = example;
    }

    /// <summary>As a column names it, without a type: <c>body.customer.name</c>.</summary>
    public string Name { get; }

    public bool IsColumn => _children.Count == 0;

    public IReadOnlyList<TemplateField> Children => _children;

    /// <summary>The columns that it consists of.</summary>
    public IEnumerable<TemplateField> Columns => IsColumn ? [this] : _children.SelectMany(static child => child.Columns);

    /// <summary>The cell in a column of this type; empty where there is no example.</summary>
    public string Cell(string type) => _example switch
    {
        null => "",
        JsonElement value when type == Json => value.GetRawText(),
        { ValueKind: JsonValueKind.String } text => text.GetString()!,
        { ValueKind: JsonValueKind.Null } => "",
        JsonElement value => value.GetRawText(),
    };

    /// <summary>The ending that gives the column its type; empty where the text of a cell is the value.</summary>
    public string Type
    {
        get
        {
            JsonTypes allowed = ValueTypes.Of(_schema);
            JsonTypes given = _example is JsonElement example && example.ValueKind != JsonValueKind.Null ? ValueTypes.Of(example) & allowed : allowed;
            return allowed == JsonTypes.String ? ""
                : given == JsonTypes.Integer ? ":integer"
                : (given & ~JsonTypes.Number) == 0 && given != JsonTypes.None ? ":number"
                : given == JsonTypes.Boolean ? ":boolean"
                : (given & ~(JsonTypes.Object | JsonTypes.Array)) == 0 ? Json
                : ":string";
        }
    }

    private string Property { get; }

    /// <summary>A single column.</summary>
    public static TemplateField Column(string name, Schema schema, SampleValue? example) =>
        new(name, "", schema, example is null ? null : JsonValue.Parse(example.Json));

    /// <summary>A field and, where they can all be columns, its properties.</summary>
    /// <param name="name">The field's name.</param>
    /// <param name="schema">Its schema.</param>
    /// <param name="example">The value that the cells are to make.</param>
    /// <param name="mostColumns">One with more columns is a single column.</param>
    public static TemplateField Of(string name, Schema schema, SampleValue example, int mostColumns)
    {
        TemplateField field = new(name, "", schema, JsonValue.Parse(example.Json));
        field.Open([schema], ref mostColumns);
        if (mostColumns < 0)
        {
            field.Close();
        }

        field.CloseWhatIsLost(example.Fits);
        return field;
    }

    /// <summary>Makes one column of it, with JSON.</summary>
    public void Close() => _children = [];

    /// <summary>Whether the text of the cell is read as the example where the column has no type.</summary>
    public bool CanBeUntyped
    {
        get
        {
            string cell = Cell("");
            if (cell.Length == 0)
            {
                return true;
            }

            string? read = CellText.Read(_schema, Name, cell, out ManifestProblem? problem);
            return problem is null && (read ?? JsonSerializer.Serialize(cell)) is string json
                && JsonValue.Canonical(JsonValue.Parse(json)) == JsonValue.Canonical(_example!.Value);
        }
    }

    private void Open(HashSet<Schema> above, ref int columns)
    {
        SchemaShape shape = SchemaShape.Of(_schema, _example);
        KeyValuePair<string, Schema>[] properties = [.. shape.PropertiesOf(ofAnswer: false)];
        if (above.Count > DeepestNesting || properties.Length == 0 || (ValueTypes.Of(_schema) & JsonTypes.Object) == 0
            || !properties.All(static property => CanBeColumn(property.Key))
            || properties.GroupBy(static property => property.Key, StringComparer.OrdinalIgnoreCase).Any(static alike => alike.Count() > 1)
            || _example is { ValueKind: not (JsonValueKind.Object or JsonValueKind.Null) })
        {
            columns--;
            return;
        }

        foreach (KeyValuePair<string, Schema> property in properties)
        {
            JsonElement? inner = _example is { ValueKind: JsonValueKind.Object } whole && whole.TryGetProperty(property.Key, out JsonElement found) ? found : null;
            if (columns >= 0 && above.Add(property.Value))
            {
                TemplateField child = new($"{Name}.{property.Key}", property.Key, property.Value, inner);
                child.Open(above, ref columns);
                _children.Add(child);
                above.Remove(property.Value);
            }
        }
    }

    /// <summary>A required object of which all cells are empty would be missing, and so would a null: such a field is JSON as a whole.</summary>
    private void CloseWhatIsLost(bool fits)
    {
        if (!fits || IsColumn)
        {
            return;
        }

        foreach (TemplateField child in _children)
        {
            child.CloseWhatIsLost(child._example is JsonElement value && Allows(child._schema, value));
        }

        if (Value() is not string json || !Allows(_schema, JsonValue.Parse(json)))
        {
            Close();
        }
    }

    /// <summary>What the cells make; null where all are empty.</summary>
    private string? Value()
    {
        if (IsColumn)
        {
            return Cell(Type).Length == 0 ? null : _example?.GetRawText();
        }

        string[] members = [.. _children.Select(static child => (child.Property, Json: child.Value())).Where(static member => member.Json is not null)
            .Select(static member => $"{JsonSerializer.Serialize(member.Property)}:{member.Json}")];
        return members.Length == 0 ? null : $"{{{string.Join(",", members)}}}";
    }

    private static bool Allows(Schema schema, JsonElement value)
    {
        try
        {
            return SchemaCheck.Allows(schema, value, Budget.OfCheck(value));
        }
        catch (ManifestException)
        {
            return false;
        }
    }

    /// <summary>A dot would nest, a colon name a type, a bracket is refused, and a number would be an item of an array.</summary>
    private static bool CanBeColumn(string name) =>
        name.Length > 0 && name.Trim() == name && !name.Any(static c => c is '.' or ':' or '[' or ']' || char.IsControl(c)) && !name.All(char.IsDigit);
}
