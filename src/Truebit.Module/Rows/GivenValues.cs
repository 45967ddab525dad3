using Truebit.Client;

namespace Truebit.Rows;

/// <summary>The command line's values, by field: a constant, or a script block. They take precedence over columns of the same name.</summary>
internal sealed class GivenValues
{
    private readonly Dictionary<string, object?> _values = new(StringComparer.Ordinal);

    /// <summary>When rows count as done, if the command line says so.</summary>
    public SubmitMode? Mode { get; init; }

    /// <summary>Whether there is a script block.</summary>
    public bool HasScript => _values.Values.Any(RowScript.Is);

    /// <summary>The columns that script blocks name, with the parameter.</summary>
    public IEnumerable<ScriptColumn> ScriptColumns =>
        _values.Keys.SelectMany(name => RowScript.Columns(_values[name]).Select(column => new ScriptColumn(name, column))).Distinct();

    /// <summary>The fields that have the same value for all rows.</summary>
    public IEnumerable<string> Constants => _values.Keys.Where(name => !RowScript.Is(_values[name]) && !Cell.IsEmpty(_values[name]));

    /// <summary>A field's value; null if it is not given.</summary>
    public object? this[string field]
    {
        get => _values.TryGetValue(field, out object? value) ? value : null;
        set => _values[field] = value;
    }
}
