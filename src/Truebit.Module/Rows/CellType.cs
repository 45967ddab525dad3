namespace Truebit.Rows;

/// <summary>The type of a column, from the end of its name: <c>body.quantity:integer</c>.</summary>
internal enum CellType
{
    /// <summary>No type: text becomes a JSON string, any other value keeps its type.</summary>
    Untyped,
    String,
    Integer,
    Number,
    Boolean,
    Json,
}
