using System.Collections;
using System.Management.Automation;

namespace Truebit.Rows;

/// <summary>
/// Looks at the input as a whole: rows without any value are passed over, and what the first row shows to be wrong with all rows
/// ends the command before anything is sent. Pipeline thread only.
/// </summary>
internal sealed class InputCheck(RowBinder binder)
{
    private const int MaxNamed = 20;

    private bool _areColumnsChecked;
    private int _rowsToSend;

    /// <summary>Told once what became of the columns.</summary>
    public Action<string> Tell { get; init; } = static _ => { };

    /// <summary>Columns that the command line names, which must be there.</summary>
    public IReadOnlyList<string> Named { get; init; } = [];

    /// <summary>The column of -Key.</summary>
    public string? KeyColumn { get; init; }

    /// <summary>Whether a named column gives something to each request.</summary>
    public bool UsesNamed { get; init; }

    /// <summary>How many rows had no value in any column.</summary>
    public int EmptyRows { get; private set; }

    /// <summary>Whether the row says anything. One that does not is counted and passed over.</summary>
    public bool IsToBeSent(RowCells row)
    {
        if (!row.IsEmpty)
        {
            _rowsToSend++;
            return true;
        }

        EmptyRows++;
        return false;
    }

    /// <summary>Checks the columns of the first row.</summary>
    /// <exception cref="InputException">The command line and the columns do not fit together.</exception>
    public void CheckColumns(RowCells row)
    {
        if (_areColumnsChecked || row.Row is null)
        {
            return;
        }

        if (Named.FirstOrDefault(name => row.Shape.Find(name) is null) is string missing)
        {
            throw Fail("InvalidInput", $"there is no column '{missing}'", row);
        }

        if (!UsesNamed && !binder.Uses(row))
        {
            throw Fail(
                "ColumnsNotUsed",
                "no column of the input is used, so all rows would be the same call. Is the delimiter right (Import-Csv -Delimiter ';')?"
                    + " Name columns like parameters (Path, body.NAME), or give script blocks such as -Body { @{ id = $_.Id } }",
                row);
        }

        if (binder.FindMissing(row) is ScriptColumn script)
        {
            throw Fail(
                "InvalidInput",
                $"-{script.Parameter} uses $_.{script.Column}, but there is no such column. If only some rows have it, write $_.PSObject.Properties['{script.Column}'].Value",
                row);
        }

        _areColumnsChecked = true;
        string[] keys = [.. row.Shape.Unused.Where(name => name.Equals(KeyColumn, StringComparison.OrdinalIgnoreCase))];
        string[] inScripts = [.. row.Shape.Unused.Where(name => binder.ScriptColumns.Contains(name, StringComparer.OrdinalIgnoreCase))];
        string[] unused = [.. row.Shape.Unused.Except(keys).Except(inScripts)];
        Tell($"Columns used: {string.Join("; ", new[]
        {
            string.Join(", ", row.Shape.Used.Select(static column => column.Name)),
            inScripts.Length > 0 ? $"in script blocks: {string.Join(", ", inScripts)}" : "",
            keys.Length > 0 ? $"as the key: {keys[0]}" : "",
            unused.Length > 0 ? $"not used: {string.Join(", ", unused)}" : "",
        }.Where(static part => part.Length > 0))}.");
    }

    /// <summary>Ends the command if the problem of the first row is that of its columns, and so of all rows.</summary>
    /// <exception cref="InputException">It is.</exception>
    public void ThrowIfOfColumns(FieldException problem, PSObject? row)
    {
        if (problem.IsOfColumns && _rowsToSend <= 1 && row is not null)
        {
            throw new InputException("InvalidInput", $"{problem.Message} {Columns(row)} Nothing was sent.");
        }
    }

    private static InputException Fail(string errorId, string what, RowCells row) =>
        new(errorId, $"{char.ToUpperInvariant(what[0])}{what.Substring(1)}. {Columns(row.Row!)} Nothing was sent.");

    private static string Columns(PSObject row)
    {
        string[] names = row.BaseObject is IDictionary dictionary
            ? [.. dictionary.Keys.Cast<object>().Select(static key => $"{key}")]
            : [.. row.Properties.Select(static property => property.Name)];
        string more = names.Length > MaxNamed ? $" and {names.Length - MaxNamed} more" : "";
        return $"The columns are: {string.Join(", ", names.Take(MaxNamed))}{more}.";
    }
}
