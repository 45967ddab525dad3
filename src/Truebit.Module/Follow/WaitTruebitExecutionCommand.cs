using System.Management.Automation;

namespace Truebit.Commands;

/// <summary>Waits for executions and writes each as it finishes.</summary>
[Cmdlet(VerbsLifecycle.Wait, "TruebitExecution", DefaultParameterSetName = ExecutionSet)]
[OutputType(typeof(TruebitExecution))]
public sealed class WaitTruebitExecutionCommand : StatusCmdlet
{
    /// <inheritdoc/>
    private protected override bool UntilFinished => true;
}
