using System.Management.Automation;
using Truebit.Client;
using Truebit.Follow;

namespace Truebit.Commands;

/// <summary>Waits for executions and writes each as it finishes.</summary>
[Cmdlet(VerbsLifecycle.Wait, "TruebitExecution", DefaultParameterSetName = SessionSet)]
[OutputType(typeof(TruebitExecution))]
public sealed class WaitTruebitExecutionCommand : ExecutionCmdlet
{
    /// <summary>Whether the ids are of API or function tasks. Not needed for executions of this session.</summary>
    [Parameter(ParameterSetName = IdSet, ValueFromPipelineByPropertyName = true)]
    public TaskKind Kind { get; set; }

    /// <summary>Writes one flat object for each execution: the columns of its row, then what came of it.</summary>
    [Parameter]
    public SwitchParameter AsRow { get; set; }

    /// <summary>With -AsRow, members of the output that get a column each: output.NAME.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] OutputColumn { get; set; } = [];

    private protected override ResultRows? Rows => AsRow ? new ResultRows(OutputColumn) : null;

    private protected override void Query(ExecutionRef execution) => Queue.Submit(execution.Ref, async () => execution.ToResult(
        await Hub.GetAsync(execution, untilFinished: true, Timeout).ConfigureAwait(false)));
}
