namespace Truebit.Rows;

/// <summary>The meaning of the columns. Rows of one input usually have the same columns, so this is determined once.</summary>
internal sealed class RowShape
{
    private readonly RowColumns _columns;
    private readonly string[] _names;
    private readonly Dictionary<string, Column> _plain = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FieldTree> _trees;

    /// <exception cref="FieldException">A name is not valid, or two columns give the same field.</exception>
    public RowShape(RowColumns columns, IReadOnlyList<string> names)
    {
        _columns = columns;
        _trees = columns.Dotted.ToDictionary(static field => field, static field => new FieldTree(mayBeArray: field != "Params"));
        _names = [.. names];
        for (int index = 0; index < _names.Length; index++)
        {
            AddColumn(_names[index], index);
        }
    }

    /// <summary>The columns <c>headers.*</c>, by the header's name after the dot.</summary>
    public List<KeyValuePair<string, Column>> Headers { get; } = [];

    /// <summary>The columns of params and body without a type.</summary>
    public List<Column> Untyped { get; } = [];

    /// <summary>Columns with a dot that are not used, probably by mistake.</summary>
    public List<string> UnusedDotted { get; } = [];

    /// <summary>The columns that give a field in parts, such as <c>body.*</c>.</summary>
    public FieldTree Tree(string field) => _trees[field];

    /// <summary>Whether these are the same columns.</summary>
    public bool Matches(IReadOnlyList<string> names)
    {
        if (names.Count != _names.Length)
        {
            return false;
        }

        for (int index = 0; index < _names.Length; index++)
        {
            if (!string.Equals(names[index], _names[index], StringComparison.Ordinal))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The checked cell of a known column; null if the column is missing or the cell is empty.</summary>
    public object? Read(string field, object?[] cells) =>
        _plain.TryGetValue(field, out Column? column) && !Cell.IsEmpty(cells[column.Index]) ? column.Read(cells) : null;

    /// <summary>Rows may have other columns, but one with a type was meant for the request.</summary>
    private void AddUnused(string name)
    {
        int colon = name.LastIndexOf(':');
        if (colon >= 0 && Cell.IsType(name.Substring(colon + 1)))
        {
            throw new FieldException(name, $"the column has a type but names no field; such a column must be a known one, or start with {_columns.DottedPrefixes.TrimEnd('.')}");
        }

        if (name.IndexOf('.') >= 0)
        {
            UnusedDotted.Add(name);
        }
    }

    private void AddColumn(string name, int index)
    {
        string root = name.Split('.', ':')[0];
        bool isDotted = name.Length > root.Length && name[root.Length] == '.';
        if (_columns.Find(root) is not string known || (isDotted && !_trees.ContainsKey(known)))
        {
            AddUnused(name);
            return;
        }

        (string field, CellType type) = Cell.ParseColumn(name);
        Column column = new(name, field, type, index);
        string rest = isDotted ? field.Substring(root.Length + 1) : "";
        if (type == CellType.Untyped && (known == "Body" || (known == "Params" && isDotted)))
        {
            Untyped.Add(column);
        }

        if (isDotted && known == "Headers")
        {
            // A header's name may contain dots.
            Headers.Add(new KeyValuePair<string, Column>(rest, column));
        }
        else if (isDotted)
        {
            _trees[known].Add(column, rest);
        }
        else if (_plain.TryGetValue(known, out Column? other))
        {
            throw new FieldException(name, $"the column '{other.Name}' already gives this field");
        }
        else
        {
            _plain.Add(known, column);
        }
    }
}
