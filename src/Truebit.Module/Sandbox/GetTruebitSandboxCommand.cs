using System.Management.Automation;
using Truebit.Sandbox;
using Truebit.Session;

namespace Truebit.Commands;

/// <summary>Writes the running sandboxes of this runspace with their counts, or the executions that they have charged for.</summary>
[Cmdlet(VerbsCommon.Get, "TruebitSandbox")]
[OutputType(typeof(TruebitSandbox), typeof(TruebitSandboxCharge))]
public sealed class GetTruebitSandboxCommand : TruebitCmdlet
{
    /// <summary>A sandbox of Start-TruebitSandbox, running or not; by default all running ones.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    public TruebitSandbox? InputObject { get; set; }

    /// <summary>Writes the executions that were really made and charged, in order.</summary>
    [Parameter]
    public SwitchParameter Ledger { get; set; }

    protected override void ProcessRecord()
    {
        if (InputObject is not null)
        {
            Write(InputObject);
        }
        else if (!MyInvocation.ExpectingInput)
        {
            foreach (TruebitSandbox sandbox in ModuleState.Current.Sandboxes.Values)
            {
                Write(sandbox);
            }
        }
    }

    private void Write(TruebitSandbox sandbox)
    {
        if (!Ledger)
        {
            WriteObject(sandbox);
            return;
        }

        foreach (SandboxCharge charge in sandbox.Hub.Ledger)
        {
            WriteObject(new TruebitSandboxCharge(sandbox.Endpoint, charge));
        }
    }
}
