using System.Management.Automation;
using Truebit.Session;

namespace Truebit.Commands;

/// <summary>Forgets the session of this runspace.</summary>
[Cmdlet(VerbsCommunications.Disconnect, "Truebit")]
[OutputType(typeof(void))]
public sealed class DisconnectTruebitCommand : TruebitCmdlet
{
    protected override void ProcessRecord() => ModuleState.Current.Session = null;
}
