using System.Management.Automation;

namespace Truebit.Commands;

/// <summary>Asks for executions by id; without an id, for those that this session has submitted.</summary>
[Cmdlet(VerbsCommon.Get, "TruebitExecution", DefaultParameterSetName = SessionSet)]
[OutputType(typeof(TruebitExecution))]
public sealed class GetTruebitExecutionCommand : StatusCmdlet
{
    private const string SessionSet = "Session";

    /// <summary>Waits until they are finished.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <inheritdoc/>
    private protected override bool UntilFinished => Wait;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        base.ProcessRecord();
        if (ParameterSetName == SessionSet && !MyInvocation.ExpectingInput)
        {
            foreach (SubmittedExecution submitted in Hub.Submitted.At(Hub.Endpoint))
            {
                Ask(submitted.Kind, submitted.Id, submitted, null, submitted.Id);
            }
        }
    }
}
