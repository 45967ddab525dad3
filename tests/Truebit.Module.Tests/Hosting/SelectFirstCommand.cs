using System.Management.Automation;
using System.Reflection;

namespace Truebit.Module.Tests.Hosting;

/// <summary>
/// Ends the pipeline as Select-Object -First does, which the engine from NuGet lacks: by the engine's own exception,
/// after which the commands before it see no EndProcessing and no StopProcessing, only Dispose.
/// </summary>
[Cmdlet(VerbsCommon.Select, "First")]
public sealed class SelectFirstCommand : PSCmdlet
{
    private static readonly ConstructorInfo StopUpstream = typeof(PSCmdlet).Assembly
        .GetType("System.Management.Automation.StopUpstreamCommandsException", throwOnError: true)!
        .GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
        .Single(static constructor => constructor.GetParameters().Length == 1);

    private int _seen;

    [Parameter(Position = 0)]
    public int Count { get; set; } = 1;

    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    protected override void ProcessRecord()
    {
        WriteObject(InputObject);
        if (++_seen == Count)
        {
            throw (Exception)StopUpstream.Invoke([this]);
        }
    }
}
