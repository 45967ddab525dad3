using System.Text.Json;
using Truebit.Manifest.Schemas;

namespace Truebit.Manifest.Calls;

/// <summary>Types of JSON values, to be combined.</summary>
[Flags]
internal enum ValueType
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
internal static class ValueTypes
{
    private const int DeepestNesting = 64;

    public static ValueType Of(Schema schema, int depth = 0)
    {
        ValueType types = schema.Type switch
        {
            "string" => ValueType.String,
            "integer" => ValueType.Integer,
            "number" => ValueType.Number,
            "boolean" => ValueType.Boolean,
            "array" => ValueType.Array,
            "object" => ValueType.Object,
            _ => ValueType.All,
        };
        if (depth > DeepestNesting)
        {
            return types;
        }

        if (schema.Enum is not null)
        {
            types &= schema.Enum.Values.Aggregate(ValueType.None, static (all, value) => all | Of(value));
        }

        types = schema.AllOf.Aggregate(types, (all, part) => all & Of(part, depth + 1));
        return types & Union(schema.AnyOf, depth) & Union(schema.OneOf, depth);
    }

    private static ValueType Union(Schema[] choices, int depth) =>
        choices.Length == 0 ? ValueType.All : choices.Aggregate(ValueType.None, (all, choice) => all | Of(choice, depth + 1));

    private static ValueType Of(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => ValueType.String,
        JsonValueKind.Number => ValueType.Number,
        JsonValueKind.True or JsonValueKind.False => ValueType.Boolean,
        JsonValueKind.Array => ValueType.Array,
        JsonValueKind.Object => ValueType.Object,
        _ => ValueType.None,
    };
}
