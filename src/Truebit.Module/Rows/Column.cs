namespace Truebit.Rows;

/// <summary>A column of a shape of rows: its whole name, the field without the type, and where its cell is.</summary>
internal sealed record Column(string Name, string Field, CellType Type, int Index)
{
    /// <summary>This row's cell, checked.</summary>
    public object? Read(object?[] cells) => Cell.Read(cells[Index], Type, Field);
}
