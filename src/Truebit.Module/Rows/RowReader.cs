using System.Collections;
using System.Management.Automation;
using System.Xml;
using Truebit.Client;
using Truebit.Json;

namespace Truebit.Rows;

/// <summary>Reads the columns and cells of a row: a CSV row, a custom object, a hashtable, any object with properties.</summary>
internal sealed class RowReader(RowColumns columns, GivenValues given, IReadOnlyCollection<string> ignored)
{
    private readonly List<string> _names = [];
    private readonly List<object?> _cells = [];
    private RowShape _shape = new(columns, ignored, []);

    /// <exception cref="FieldException">It is not a row, or its columns are not valid.</exception>
    public RowCells Read(PSObject? row)
    {
        _names.Clear();
        _cells.Clear();
        switch (row?.BaseObject)
        {
            case null:
                break;
            case not null when IsOfThisModule(row):
                throw new FieldException(FieldException.WholeRow, $"a {row.BaseObject.GetType().Name} is not a row; to run its row again, pipe its InputObject");
            case IDictionary dictionary:
                foreach (DictionaryEntry entry in dictionary)
                {
                    Add(entry.Key.ToString() ?? "", entry.Value);
                }

                break;
            case XmlNode:
                AddProperties(row);
                break;
            case object other when other is IEnumerable || PSJson.Text(other) is not null:
                throw new FieldException(FieldException.WholeRow, $"a {row.BaseObject.GetType().Name} has no columns; pipe in rows from Import-Csv, objects from ConvertFrom-Json, or hashtables");
            default:
                AddProperties(row!);
                break;
        }

        if (!_shape.Matches(_names))
        {
            _shape = CreateShape();
        }

        return new RowCells(row, _shape, _cells.ToArray(), given);
    }

    /// <summary>What another command of this module has written, such as a result, has columns of the same names, but is not a row.</summary>
    private static bool IsOfThisModule(PSObject row) =>
        row.TypeNames.Count > 0 && (row.TypeNames[0].StartsWith("Truebit.", StringComparison.Ordinal) || row.TypeNames[0].StartsWith("Deserialized.Truebit.", StringComparison.Ordinal));

    private RowShape CreateShape()
    {
        try
        {
            return new RowShape(columns, ignored, _names);
        }
        catch (FieldException e)
        {
            throw new FieldException(e.Field, e.Problem) { IsOfColumns = true };
        }
    }

    private void AddProperties(PSObject row)
    {
        // What PowerShell adds to objects of jobs is none of the row's cells: an empty row stays empty.
        foreach (PSPropertyInfo property in row.Properties)
        {
            if (!Deserialized.IsOwnMember(property.Name))
            {
                Add(property.Name, Value(property));
            }
        }
    }

    private static object? Value(PSPropertyInfo property)
    {
        try
        {
            return property.Value;
        }
        catch (GetValueException e)
        {
            throw new FieldException(property.Name, $"the value cannot be read: {TextGate.Plain.Line(e.Message)}");
        }
    }

    private void Add(string name, object? cell)
    {
        _names.Add(name);
        _cells.Add(cell);
    }
}
