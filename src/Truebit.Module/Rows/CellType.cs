namespace Truebit.Rows;

/// <summary>What a column's cells are, by the ending of its name: <c>body.quantity:integer</c>.</summary>
internal enum CellType
{
    /// <summary>No ending: text is a JSON string, any other value keeps its own type.</summary>
    Untyped,
    String,
    Integer,
    Number,
    Boolean,
    Json,
}
