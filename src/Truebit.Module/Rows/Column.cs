namespace Truebit.Rows;

/// <summary>A column: its full name, the field without the type, and the index of its cells.</summary>
internal sealed record Column(string Name, string Field, CellType Type, int Index)
{
    /// <summary>The row's cell, checked.</summary>
    public object? Read(object?[] cells) => Cell.Read(cells[Index], Type, Field);
}
