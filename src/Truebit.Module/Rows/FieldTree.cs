using System.Globalization;
using System.Text.Json;
using Truebit.Json;

namespace Truebit.Rows;

/// <summary>
/// The nested object of dotted columns such as <c>body.customer.name</c> and <c>body.tags.0</c>. It is built once for all rows with the
/// same columns, and written for each row without its empty cells.
/// </summary>
internal sealed class FieldTree(bool mayBeArray)
{
    private const int MaxDepth = 100;

    private readonly List<KeyValuePair<string, FieldTree>> _children = [];
    private Column? _column;

    /// <summary>Adds a column at its path.</summary>
    /// <exception cref="FieldException">Another column has the same path, or one above or below it.</exception>
    public void Add(Column column, string path)
    {
        FieldTree node = this;
        string[] parts = path.Split('.');
        if (parts.Length > MaxDepth)
        {
            throw new FieldException(column.Name, $"the column's name has more than {MaxDepth} parts");
        }

        foreach (string name in parts)
        {
            if (name.IndexOfAny(['[', ']']) >= 0)
            {
                throw new FieldException(column.Name, "the items of a list are numbered like fields, as in 'body.items.0.id', without brackets");
            }

            if (name.Length == 0)
            {
                throw new FieldException(column.Name, "the column's name has an empty part");
            }

            node = node.Child(name);
            if (node._column is not null)
            {
                throw Duplicate(column, node._column);
            }
        }

        if (node._children.Count > 0)
        {
            throw Duplicate(column, node._children[0].Value.FirstColumn());
        }

        node._column = column;
    }

    /// <summary>Whether no column gives any part of it.</summary>
    public bool IsEmpty => _children.Count == 0;

    /// <summary>The first-level fields that this row has a value for.</summary>
    public IEnumerable<KeyValuePair<string, FieldTree>> Filled(object?[] cells) => _children.Where(child => child.Value.IsFilled(cells));

    /// <summary>The row's cell, if this is a column; anything else if it has parts.</summary>
    public object? GetCell(object?[] cells) => _column is Column column ? cells[column.Index] : this;

    /// <summary>Whether the row has a value anywhere in this tree.</summary>
    public bool IsFilled(object?[] cells) =>
        _column is Column column ? !Cell.IsEmpty(cells[column.Index]) : _children.Exists(child => child.Value.IsFilled(cells));

    /// <summary>Writes the row's value.</summary>
    /// <exception cref="FieldException">A cell is not of its column's type.</exception>
    public void Write(Utf8JsonWriter json, object?[] cells)
    {
        if (_column is Column column)
        {
            PSJson.Write(json, column.Read(cells), column.Field);
        }
        else if (IsArray)
        {
            json.WriteStartArray();
            foreach (KeyValuePair<string, FieldTree> item in Filled(cells).OrderBy(static item => int.Parse(item.Key, CultureInfo.InvariantCulture)))
            {
                item.Value.Write(json, cells);
            }

            json.WriteEndArray();
        }
        else
        {
            json.WriteStartObject();
            WriteMembers(json, cells);
            json.WriteEndObject();
        }
    }

    /// <summary>Writes the row's members into an open object.</summary>
    public void WriteMembers(Utf8JsonWriter json, object?[] cells)
    {
        foreach (KeyValuePair<string, FieldTree> member in _children)
        {
            if (member.Value.IsFilled(cells))
            {
                json.WritePropertyName(member.Key);
                member.Value.Write(json, cells);
            }
        }
    }

    private bool IsArray => mayBeArray && _children.All(static child => child.Key.Length < 6 && child.Key.All(static c => c is >= '0' and <= '9'));

    private FieldTree Child(string name)
    {
        FieldTree? child = _children.Find(entry => entry.Key == name).Value;
        if (child is null)
        {
            child = new FieldTree(mayBeArray: true);
            _children.Add(new KeyValuePair<string, FieldTree>(name, child));
        }

        return child;
    }

    private Column FirstColumn() => _column ?? _children[0].Value.FirstColumn();

    private static FieldException Duplicate(Column one, Column other) =>
        new(one.Name, $"the column '{other.Name}' already gives this field");
}
