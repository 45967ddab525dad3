using System.Management.Automation;
using Truebit.Session;

namespace Truebit.Commands;

/// <summary>Stops sandboxes of this runspace and frees their ports; by default all of them.</summary>
[Cmdlet(VerbsLifecycle.Stop, "TruebitSandbox")]
[OutputType(typeof(void))]
public sealed class StopTruebitSandboxCommand : TruebitCmdlet
{
    /// <summary>A sandbox of Start-TruebitSandbox.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    public TruebitSandbox? InputObject { get; set; }

    protected override void ProcessRecord()
    {
        if (InputObject is null)
        {
            if (!MyInvocation.ExpectingInput)
            {
                ModuleState.Current.StopSandboxes();
            }

            return;
        }

        InputObject.Hub.Dispose();
        ModuleState.Current.Sandboxes.TryRemove(InputObject.Endpoint, out _);
    }
}
