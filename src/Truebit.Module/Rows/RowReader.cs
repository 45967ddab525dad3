using System.Collections;
using System.Management.Automation;

namespace Truebit.Rows;

/// <summary>Reads the columns and cells of a row: a CSV row, a custom object, a hashtable, any object with properties.</summary>
internal sealed class RowReader(RowColumns columns)
{
    private readonly List<string> _names = [];
    private readonly List<object?> _cells = [];
    private RowShape _shape = new(columns, []);

    /// <exception cref="FieldException">It is not a row, or its columns are not valid.</exception>
    public RowCells Read(PSObject? row)
    {
        _names.Clear();
        _cells.Clear();
        switch (row?.BaseObject)
        {
            case null:
                break;
            case IDictionary dictionary:
                foreach (DictionaryEntry entry in dictionary)
                {
                    Add(entry.Key.ToString() ?? "", entry.Value);
                }

                break;
            case string or ValueType or IEnumerable:
                throw new FieldException("row", $"a {row.BaseObject.GetType().Name} has no columns; pipe in rows from Import-Csv, objects from ConvertFrom-Json, or hashtables");
            default:
                foreach (PSPropertyInfo property in row.Properties)
                {
                    Add(property.Name, Value(property));
                }

                break;
        }

        if (!_shape.Matches(_names))
        {
            _shape = new RowShape(columns, _names);
        }

        return new RowCells(row, _shape, _cells.ToArray());
    }

    private static object? Value(PSPropertyInfo property)
    {
        try
        {
            return property.Value;
        }
        catch (GetValueException e)
        {
            throw new FieldException(property.Name, $"the value cannot be read: {e.Message}");
        }
    }

    private void Add(string name, object? cell)
    {
        _names.Add(name);
        _cells.Add(cell);
    }
}
