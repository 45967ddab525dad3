using System.Text.Json;

namespace Truebit.Manifest.Schemas;

/// <summary>Types of JSON values, to be combined.</summary>
[Flags]
internal enum JsonTypes
{
    None = 0,
    String = 1,
    Integer = 2,
    Fraction = 4,
    Number = Integer | Fraction,
    Boolean = 8,
    Array = 16,
    Object = 32,
    All = String | Number | Boolean | Array | Object,
}

/// <summary>Says which types a schema allows, through all that it is made of.</summary>
internal sealed class ValueTypes
{
    /// <summary>No types: they were not looked for yet.</summary>
    public const JsonTypes Unknown = (JsonTypes)(-1);

    private const int DeepestNesting = 64;

    private readonly Dictionary<Schema, JsonTypes> _known = [];

    /// <summary>The types but for null, which no text stands for.</summary>
    public static JsonTypes Of(Schema schema)
    {
        // Asked for each cell.
        JsonTypes types = schema.KnownTypes;
        return types != Unknown ? types : schema.KnownTypes = new ValueTypes().Find(schema, 0);
    }

    /// <summary>The type of a value.</summary>
    public static JsonTypes Of(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => JsonTypes.String,
        JsonValueKind.Number => JsonTypes.Number,
        JsonValueKind.True or JsonValueKind.False => JsonTypes.Boolean,
        JsonValueKind.Array => JsonTypes.Array,
        JsonValueKind.Object => JsonTypes.Object,
        _ => JsonTypes.None,
    };

    private JsonTypes Find(Schema schema, int depth)
    {
        if (_known.TryGetValue(schema, out JsonTypes known))
        {
            return known;
        }

        JsonTypes types = schema.Types is null ? JsonTypes.All : schema.Types.Aggregate(JsonTypes.None, static (all, type) => all | Of(type));
        _known[schema] = types;
        if ((schema.Const ?? schema.Enum) is AllowedValues allowed)
        {
            types &= allowed.Values.Aggregate(JsonTypes.None, static (all, value) => all | Of(value));
        }

        if (depth < DeepestNesting)
        {
            types = schema.AllOf.Aggregate(types, (all, part) => all & Find(part, depth + 1));
            types &= Union(schema.AnyOf, depth) & Union(schema.OneOf, depth);
        }

        return _known[schema] = types;
    }

    private JsonTypes Union(Schema[] choices, int depth) =>
        choices.Length == 0 ? JsonTypes.All : choices.Aggregate(JsonTypes.None, (all, choice) => all | Find(choice, depth + 1));

    /// <summary>The type of this name.</summary>
    public static JsonTypes Of(string type) => type switch
    {
        "string" => JsonTypes.String,
        "integer" => JsonTypes.Integer,
        "number" => JsonTypes.Number,
        "boolean" => JsonTypes.Boolean,
        "array" => JsonTypes.Array,
        "object" => JsonTypes.Object,
        _ => JsonTypes.None,
    };
}
