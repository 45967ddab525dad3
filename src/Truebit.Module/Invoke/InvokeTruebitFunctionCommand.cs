using System.Management.Automation;
using Truebit.Invoke;
using Truebit.Rows;

namespace Truebit.Commands;

/// <summary>Executes function tasks by name, from parameters and from the pipeline.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "TruebitFunction", SupportsShouldProcess = true)]
[OutputType(typeof(TruebitExecution))]
public sealed class InvokeTruebitFunctionCommand : InvokeCmdlet
{
    /// <summary>The input of the task: text unchanged, anything else as JSON text; or a column of that name, or columns text.NAME.</summary>
    [Parameter]
    [Alias("Input")]
    public object? Text { get; set; }

    /// <summary>How many nodes are asked, 1 by default; or a column of that name.</summary>
    [Parameter]
    public object? TotalSolutions { get; set; }

    /// <summary>How many of them must answer, 1 by default; or a column of that name.</summary>
    [Parameter]
    public object? RequiredSolutions { get; set; }

    /// <summary>The Unix time in seconds from which the hub draws the nodes, by default the time of sending; or a column of that name.</summary>
    [Parameter]
    [Alias("TaskRequesterTimestamp")]
    public object? RequesterTimestamp { get; set; }

    /// <summary>The maximum number of steps, in digits, by default the hub's own limit; or a column of that name.</summary>
    [Parameter]
    public object? GasLimit { get; set; }

    private protected override RowPlan CreatePlan(GivenValues given)
    {
        given["Text"] = Text;
        given["TotalSolutions"] = TotalSolutions;
        given["RequiredSolutions"] = RequiredSolutions;
        given["RequesterTimestamp"] = RequesterTimestamp;
        given["GasLimit"] = GasLimit;
        return new RowPlan(new FunctionRowBinder(given, IgnoreColumn) { Warn = WriteWarning }, "Execute function task");
    }
}
