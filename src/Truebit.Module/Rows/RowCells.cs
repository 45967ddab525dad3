using System.Management.Automation;
using Truebit.Client;
using Truebit.Json;

namespace Truebit.Rows;

/// <summary>The columns and cells of a row.</summary>
/// <param name="Row">The row itself; null if everything comes from the command line.</param>
/// <param name="Shape">What its columns mean.</param>
/// <param name="Cells">Its cells, in the order of the columns.</param>
internal readonly record struct RowCells(PSObject? Row, RowShape Shape, object?[] Cells)
{
    /// <summary>The checked cell of a field; null if the column is missing or the cell is empty.</summary>
    /// <exception cref="FieldException">It is not of its column's type.</exception>
    public object? Read(string field) => Shape.Read(field, Cells);

    /// <summary>A text field, from the command line or else from the row.</summary>
    /// <exception cref="FieldException">The cell has another type.</exception>
    public string? Text(string field, string? given)
    {
        object? value = given ?? Read(field);
        return value is null ? null : PSJson.Text(value) ?? throw new FieldException(field, $"a {value.GetType().Name} is not text");
    }

    /// <summary>One of the hub's uint32 fields, from the command line or else from the row.</summary>
    /// <exception cref="FieldException">The cell has another type.</exception>
    public uint? Number(string field, uint? given) => given ?? (Read(field) is object value ? Cell.ReadUInt32(value, field) : null);

    /// <summary>When the row counts as done, by its column Async.</summary>
    /// <exception cref="FieldException">The cell is neither true nor false.</exception>
    public SubmitMode Mode() => Read("Async") is object value
        ? (Cell.Read(value, CellType.Boolean, "Async") is true ? SubmitMode.Async : SubmitMode.Sync)
        : SubmitMode.Wait;
}
