using System.Management.Automation;
using Truebit.Client;
using Truebit.Session;

namespace Truebit.Commands;

/// <summary>Tells whether the hub can be reached and what it says to the key, without paying.</summary>
[Cmdlet(VerbsDiagnostic.Test, "TruebitConnection")]
[OutputType(typeof(TruebitConnectionTest))]
public sealed class TestTruebitConnectionCommand : HubCmdlet
{
    /// <summary>How long an answer is awaited; a number is seconds. The default is 15 seconds.</summary>
    [Parameter]
    [SecondsTransformation]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(15);

    protected override void EndProcessing()
    {
        Uri hub = OrThrowTerminating(FindHub, Endpoint);
        ApiKeySource? source = null;
        SecretText? key = null;
        TruebitException? missing = null;
        try
        {
            source = FindKey(hub, needsKey: true);
            key = source?.Read(Secrets);
        }
        catch (TruebitException e)
        {
            missing = e;
        }

        ConnectionTest test = new(hub, new HubProbe(GetClient(hub)), Timeout, Pump.Stopped);
        WriteObject(Await(test.RunAsync(key, source?.Description, missing)));
        if (test.Error is not null)
        {
            WriteError(Errors.ToErrorRecord(test.Error, hub));
        }
    }
}
