using System.Management.Automation;
using Truebit.Client;
using Truebit.Json;

namespace Truebit.Rows;

/// <summary>What the command line says of any task. Where it speaks, a row's column of the same name is not asked.</summary>
internal sealed record GivenTask
{
    public string? Namespace { get; init; }

    public string? TaskName { get; init; }

    public string? Label { get; init; }

    public uint? Version { get; init; }

    public SubmitMode? Mode { get; init; }

    public uint? ExecutionTimeout { get; init; }
}

/// <summary>A row that is ready to be submitted.</summary>
/// <param name="InputObject">The row itself; null where everything came from the command line.</param>
/// <param name="Request">What to send.</param>
/// <param name="Mode">When it counts as done.</param>
/// <param name="Task">What is executed, for messages: without anything in it that may be secret.</param>
internal sealed record BoundRow(PSObject? InputObject, TaskRequest Request, SubmitMode Mode, string Task)
{
    /// <summary>Method and path of the manifest's operation; null without one.</summary>
    public string? Operation { get; init; }

    /// <summary>What the manifest does not allow about it; empty without one.</summary>
    public IReadOnlyList<TruebitTaskProblem> Problems { get; init; } = [];
}

/// <summary>Makes a request of the command line and a row, and checks what can be checked before anything is paid.</summary>
internal abstract class RowBinder(RowColumns columns, GivenTask given)
{
    private readonly RowReader _reader = new(columns);
    private readonly HashSet<string> _warned = new(StringComparer.Ordinal);
    private RowShape? _lastShape;

    /// <summary>Told once about each column that looks misspelt.</summary>
    public Action<string> Warn { get; init; } = static _ => { };

    /// <summary>The manifest's operation for the row that is being bound.</summary>
    private protected string? Operation { get; set; }

    /// <summary>What the manifest does not allow about the row that is being bound.</summary>
    private protected List<TruebitTaskProblem> Problems { get; set; } = [];

    /// <summary>The request that the row stands for.</summary>
    /// <exception cref="FieldException">The row cannot be sent; the field and the reason are named.</exception>
    public BoundRow Bind(PSObject? row)
    {
        RowCells cells = _reader.Read(row);
        if (!ReferenceEquals(cells.Shape, _lastShape))
        {
            _lastShape = cells.Shape;
            cells.Shape.Suspicious.FindAll(_warned.Add).ForEach(name => Warn($"The column '{name}' is not used: dotted columns start with {columns.Starts}"));
        }

        Operation = null;
        Problems = [];
        (TaskRequest request, string call) = Request(cells);
        return new BoundRow(row, request, given.Mode ?? cells.Mode(), $"{request.Namespace}/{request.TaskName} {call}".TrimEnd())
        {
            Operation = Operation,
            Problems = Problems,
        };
    }

    /// <summary>The request, and what it does, for messages.</summary>
    /// <exception cref="FieldException">The row cannot be sent.</exception>
    private protected abstract (TaskRequest Request, string Call) Request(RowCells row);

    private protected string Namespace(RowCells row) => row.Text("Namespace", given.Namespace) ?? throw Missing("Namespace");

    private protected string TaskName(RowCells row) => row.Text("TaskName", given.TaskName) ?? throw Missing("TaskName");

    private protected string? Label(RowCells row) => row.Text("Label", given.Label);

    private protected uint? Version(RowCells row) => row.Number("Version", given.Version);

    private protected uint? ExecutionTimeout(RowCells row) => row.Number("ExecutionTimeout", given.ExecutionTimeout);

    private static FieldException Missing(string field) => new(field, $"it is missing; give -{field} or a column '{field}'");
}
