using System.Collections;
using System.Management.Automation;
using Truebit.Json;
using Truebit.Sandbox;
using Truebit.Session;

namespace Truebit.Commands;

/// <summary>Starts a hub on loopback that costs nothing.</summary>
[Cmdlet(VerbsLifecycle.Start, "TruebitSandbox")]
[OutputType(typeof(TruebitSandbox))]
public sealed class StartTruebitSandboxCommand : TruebitCmdlet
{
    /// <summary>The port; a free one unless given.</summary>
    [Parameter]
    [ValidateRange(0, 65535)]
    public int Port { get; set; }

    /// <summary>How long an execution takes; a number is seconds.</summary>
    [Parameter]
    [SecondsTransformation]
    public TimeSpan Latency { get; set; }

    /// <summary>How long a sync call is held before only the id is answered; a number is seconds. 60 as at the hub, unless given.</summary>
    [Parameter]
    [SecondsTransformation]
    public TimeSpan SyncWindow { get; set; } = new SandboxOptions().SyncWindow;

    /// <summary>How many executions the payer can pay for; no limit unless given. After that the answer is 402.</summary>
    [Parameter]
    [ValidateRange(0L, long.MaxValue)]
    public long? Balance { get; set; }

    /// <summary>What goes wrong on purpose, as probabilities: <c>@{ LoseAnswer = 0.01; TooManyRequests = 0.02; Seed = 7 }</c>.</summary>
    [Parameter]
    [ValidateNotNull]
    public IDictionary? Fault { get; set; }

    /// <summary>API tasks that are served by their manifests: <c>@{ 'namespace/name' = 'manifest.json' }</c>.</summary>
    [Parameter]
    [ValidateNotNull]
    public IDictionary? Task { get; set; }

    protected override void ProcessRecord()
    {
        SandboxOptions options = new()
        {
            Port = Port,
            Latency = Latency,
            SyncWindow = SyncWindow,
            Balance = Balance,
            Tasks = Task?.Cast<DictionaryEntry>().ToDictionary(
                static task => PSJson.Text(task.Key) ?? "", task => GetUnresolvedProviderPathFromPSPath(PSJson.Text(task.Value) ?? "")),
            Faults = Fault is null ? null : OrThrowTerminating(() => FaultTable.Parse(Fault), Fault),
        };
        TruebitSandbox sandbox = new(OrThrowTerminating(() => Start(options), (object?)Task ?? Port));
        ModuleState.Current.Sandboxes[sandbox.Endpoint] = sandbox;
        WriteObject(sandbox);
    }

    private static SandboxHub Start(SandboxOptions options)
    {
        try
        {
            return SandboxHub.Start(options);
        }
        catch (ArgumentException e)
        {
            throw new ErrorException("InvalidInput", ErrorCategory.InvalidArgument, e.Message);
        }
        catch (Exception e) when (e is not PipelineStoppedException)
        {
            throw new ErrorException("SandboxNotStarted", ErrorCategory.ResourceUnavailable, e.Message);
        }
    }
}
