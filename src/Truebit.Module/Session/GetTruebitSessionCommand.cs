using System.Management.Automation;
using Truebit.Session;

namespace Truebit.Commands;

/// <summary>Writes the session of this runspace, if there is one.</summary>
[Cmdlet(VerbsCommon.Get, "TruebitSession")]
[OutputType(typeof(TruebitSession))]
public sealed class GetTruebitSessionCommand : TruebitCmdlet
{
    protected override void ProcessRecord()
    {
        if (ModuleState.Current.Session is TruebitSession session)
        {
            WriteObject(session);
        }
    }
}
