using System.Management.Automation;

namespace Truebit.Commands;

/// <summary>Writes the running sandboxes of this runspace and what they have counted.</summary>
[Cmdlet(VerbsCommon.Get, "TruebitSandbox")]
[OutputType(typeof(TruebitSandbox))]
public sealed class GetTruebitSandboxCommand : PSCmdlet
{
    /// <inheritdoc/>
    protected override void ProcessRecord() => WriteObject(ModuleState.Current.Sandboxes.Values, enumerateCollection: true);
}
