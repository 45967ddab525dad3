namespace Truebit.Rows;

/// <summary>The meaning of the columns. Rows of one input usually have the same columns, so this is determined once.</summary>
internal sealed class RowShape
{
    private readonly RowColumns _known;
    private readonly string[] _names;
    private readonly Dictionary<string, int> _columns = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Column> _plain = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FieldTree> _trees;

    /// <exception cref="FieldException">A name is not valid, or two columns give the same field.</exception>
    public RowShape(RowColumns columns, IReadOnlyCollection<string> ignored, IReadOnlyList<string> names)
    {
        _known = columns;
        _trees = columns.Dotted.ToDictionary(static field => field, static field => new FieldTree(mayBeArray: field != "Params"));
        _names = [.. names];
        for (int index = 0; index < _names.Length; index++)
        {
            string name = ColumnName.Clean(_names[index]);
            HasInvisibleNames |= name != _names[index];
            _columns[name] = index;
            if (ignored.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                Unused.Add(name);
            }
            else
            {
                AddColumn(name, index);
            }
        }
    }

    /// <summary>All columns.</summary>
    public IEnumerable<string> Names => _names.Select(ColumnName.Clean);

    /// <summary>Whether a name has something around it that cannot be seen.</summary>
    public bool HasInvisibleNames { get; private set; }

    /// <summary>The columns that give something to the request.</summary>
    public List<Column> Used { get; } = [];

    /// <summary>The columns that give nothing to the request; they remain in the result's InputObject.</summary>
    public List<string> Unused { get; } = [];

    /// <summary>The columns <c>headers.*</c>, by the header's name after the dot.</summary>
    public List<KeyValuePair<string, Column>> Headers { get; } = [];

    /// <summary>The columns of params and body without a type.</summary>
    public List<Column> Untyped { get; } = [];

    /// <summary>Columns with a dot that are not used, probably by mistake.</summary>
    public List<string> UnusedDotted { get; } = [];

    /// <summary>The columns that give a field in parts, such as <c>body.*</c>.</summary>
    public FieldTree Tree(string field) => _trees[field];

    /// <summary>Whether there is a column for this field.</summary>
    public bool Has(string field) => _plain.ContainsKey(field) || (_trees.TryGetValue(field, out FieldTree? tree) && !tree.IsEmpty);

    /// <summary>The index of a column, by its name in any case; null if there is none.</summary>
    public int? Find(string name) => _columns.TryGetValue(ColumnName.Clean(name), out int index) ? index : null;

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
            throw new FieldException(name, $"no parameter or field has this name; a column with a type must be named like a parameter, or start with {_known.DottedPrefixes.TrimEnd('.')}");
        }

        Unused.Add(name);
        if (name.IndexOf('.') >= 0)
        {
            UnusedDotted.Add(name);
        }
    }

    private void AddColumn(string name, int index)
    {
        string root = name.Split('.', ':')[0];
        bool isDotted = name.Length > root.Length && name[root.Length] == '.';
        if (_known.Find(root) is not string known || (isDotted && !_trees.ContainsKey(known)))
        {
            AddUnused(name);
            return;
        }

        (string field, CellType type) = Cell.ParseColumn(name);
        Column column = new(name, field, type, index);
        Used.Add(column);
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
