using System.Management.Automation;

namespace Truebit.Rows;

/// <summary>Makes a request of a row and the command line, and checks what can be checked before anything is paid for.</summary>
internal abstract class RowBinder(RowColumns columns, GivenValues given, IReadOnlyCollection<string> ignored)
{
    private readonly RowReader _reader = new(columns, given, ignored);
    private readonly HashSet<string> _warned = new(StringComparer.Ordinal);
    private RowShape? _lastShape;

    /// <summary>Called once about each likely mistake.</summary>
    public Action<string> Warn { get; init; } = static _ => { };

    /// <summary>The command line's values.</summary>
    private protected GivenValues Given => given;

    /// <summary>Takes the row apart.</summary>
    /// <exception cref="FieldException">It is not a row, or its columns are not valid.</exception>
    public RowCells Read(PSObject? row) => _reader.Read(row);

    /// <exception cref="FieldException">The row cannot be sent. The message names the field and the reason.</exception>
    public BoundRow Bind(RowCells cells)
    {
        if (!ReferenceEquals(cells.Shape, _lastShape))
        {
            _lastShape = cells.Shape;
            cells.Shape.UnusedDotted.ForEach(name => WarnOnce(name, $"The column '{name}' is not used. Columns with a dot must start with {columns.DottedPrefixes}"));
        }

        BoundRequest bound = CreateRequest(cells);
        string task = $"{bound.Request.Namespace}/{bound.Request.TaskName} {bound.Call}".TrimEnd();
        return new BoundRow(cells.Row, bound.Request, given.Mode ?? cells.Mode(), task) { Operation = bound.Operation, Problems = bound.Problems };
    }

    /// <summary>Whether one of the columns is a known one, or a script block may use them.</summary>
    public bool Uses(RowCells row) => row.Shape.Used.Count > 0 || (given.HasScript && (!given.ScriptColumns.Any() || given.ScriptColumns.Any(script => row.HasProperty(script.Column))));

    /// <summary>The columns that script blocks name.</summary>
    public IEnumerable<string> ScriptColumns => given.ScriptColumns.Select(static script => script.Column).Distinct();

    /// <summary>A column that a script block names and this row does not have; null if there is none.</summary>
    public ScriptColumn? FindMissing(RowCells row) => given.ScriptColumns.FirstOrDefault(script => !row.HasProperty(script.Column));

    /// <summary>Checks what is the same for all rows, so that it is said once.</summary>
    /// <exception cref="FieldException">A value of the command line cannot be sent.</exception>
    public virtual void CheckGiven()
    {
        RowCells none = new(null, new RowShape(columns, [], []), [], given);
        foreach (string field in given.Constants)
        {
            if (columns.IsNumber(field))
            {
                none.Number(field);
            }
            else if (columns.IsText(field))
            {
                none.Text(field);
            }
        }
    }

    /// <exception cref="FieldException">The row cannot be sent.</exception>
    private protected abstract BoundRequest CreateRequest(RowCells row);

    private protected void WarnOnce(string about, string warning)
    {
        if (_warned.Add(about))
        {
            Warn(warning);
        }
    }

    private protected static string Required(RowCells row, string field) =>
        row.Text(field) ?? throw row.Missing(field, $"no value; give -{field} or a column '{field}'");
}
