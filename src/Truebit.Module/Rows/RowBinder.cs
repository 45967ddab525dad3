using System.Management.Automation;

namespace Truebit.Rows;

/// <summary>Makes a request of a row and the command line, and checks what can be checked before anything is paid for.</summary>
internal abstract class RowBinder(RowColumns columns, GivenTask given)
{
    private readonly RowReader _reader = new(columns);
    private readonly HashSet<string> _warned = new(StringComparer.Ordinal);
    private RowShape? _lastShape;

    /// <summary>Called once about each column that looks misspelt.</summary>
    public Action<string> Warn { get; init; } = static _ => { };

    /// <exception cref="FieldException">The row cannot be sent. The message names the field and the reason.</exception>
    public BoundRow Bind(PSObject? row)
    {
        RowCells cells = _reader.Read(row);
        if (!ReferenceEquals(cells.Shape, _lastShape))
        {
            _lastShape = cells.Shape;
            cells.Shape.UnusedDotted.FindAll(_warned.Add).ForEach(name => Warn($"The column '{name}' is not used. Columns with a dot must start with {columns.DottedPrefixes}"));
        }

        BoundRequest bound = CreateRequest(cells);
        string task = $"{bound.Request.Namespace}/{bound.Request.TaskName} {bound.Call}".TrimEnd();
        return new BoundRow(row, bound.Request, given.Mode ?? cells.Mode(), task) { Operation = bound.Operation, Problems = bound.Problems };
    }

    /// <exception cref="FieldException">The row cannot be sent.</exception>
    private protected abstract BoundRequest CreateRequest(RowCells row);

    private protected string Namespace(RowCells row) => row.Text("Namespace", given.Namespace) ?? throw Missing("Namespace");

    private protected string TaskName(RowCells row) => row.Text("TaskName", given.TaskName) ?? throw Missing("TaskName");

    private protected string? Label(RowCells row) => row.Text("Label", given.Label);

    private protected uint? Version(RowCells row) => row.Number("Version", given.Version);

    private protected uint? ExecutionTimeout(RowCells row) => row.Number("ExecutionTimeout", given.ExecutionTimeout);

    private static FieldException Missing(string field) => new(field, $"no value; give -{field} or a column '{field}'");
}
