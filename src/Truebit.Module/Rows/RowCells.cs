using System.Management.Automation;
using Truebit.Client;
using Truebit.Json;

namespace Truebit.Rows;

/// <summary>The columns and cells of a row.</summary>
/// <param name="Row">The row itself; null if everything comes from the command line.</param>
/// <param name="Shape">What its columns mean.</param>
/// <param name="Cells">Its cells, in the order of the columns.</param>
/// <param name="Given">The command line's values.</param>
internal readonly record struct RowCells(PSObject? Row, RowShape Shape, object?[] Cells, GivenValues Given)
{
    /// <summary>Whether the row has columns, and nothing in any of them.</summary>
    public bool IsEmpty => Row is not null && Array.TrueForAll(Cells, static cell => PSJson.IsBlank(cell));

    /// <summary>The row as script blocks see it: with the names of its columns as people read them.</summary>
    public PSObject? ScriptRow()
    {
        if (Row is null || !Shape.HasInvisibleNames)
        {
            return Row;
        }

        PSObject row = new();
        foreach ((string name, int index) in Shape.Names.Select(static (name, index) => (name, index)))
        {
            row.Properties.Add(new PSNoteProperty(name, Cells[index]), preValidated: true);
        }

        return row;
    }

    /// <summary>Whether <c>$_.NAME</c> finds something in this row.</summary>
    public bool HasProperty(string name) => Shape.Find(name) is not null || Row?.Properties[name] is not null;

    /// <summary>The error of a row that lacks a value. Where no column of that name is there, it is not this row's alone.</summary>
    public FieldException Missing(string field, string problem) =>
        new(field, problem) { IsOfColumns = Row is not null && !Shape.Has(field) && !RowScript.Is(Given[field]) };

    /// <summary>The checked cell of a field; null if the column is missing or the cell is empty.</summary>
    /// <exception cref="FieldException">It is not of its column's type.</exception>
    public object? Read(string field) => Shape.Read(field, Cells);

    /// <summary>A field's value: from the command line if it is given there, and else from the row. Empty text is not given.</summary>
    /// <exception cref="FieldException">The cell has another type, or the parameter's script block failed.</exception>
    public object? Value(string field) =>
        RowScript.Evaluate(Given[field], ScriptRow(), field) is object value && !Cell.IsEmpty(value) ? value : Read(field);

    /// <summary>A text field, from the command line or else from the row.</summary>
    /// <exception cref="FieldException">The value is not text.</exception>
    public string? Text(string field) => Value(field) is object value
        ? PSJson.Text(value) ?? throw new FieldException(field, $"a {value.GetType().Name} is not text")
        : null;

    /// <summary>One of the hub's uint32 fields, from the command line or else from the row.</summary>
    /// <exception cref="FieldException">The value is not such a number.</exception>
    public uint? Number(string field) => Value(field) switch
    {
        null => null,
        string { Length: > 0 } word when field == "Version" && char.IsLetter(word[0]) =>
            throw new FieldException(field, $"'{word}' is not a whole number from 0 to {uint.MaxValue}; a word is a label: -Label {word}"),
        object value => Cell.ReadUInt32(value, field),
    };

    /// <summary>When the row counts as done, by its column Async.</summary>
    /// <exception cref="FieldException">The cell is neither true nor false.</exception>
    public SubmitMode Mode() => Read("Async") is object value
        ? (Cell.Read(value, CellType.Boolean, "Async") is true ? SubmitMode.Async : SubmitMode.Sync)
        : SubmitMode.Wait;
}
