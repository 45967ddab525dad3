using System.Collections;
using System.Management.Automation;
using Truebit.Json;
using Truebit.Sandbox;

namespace Truebit.Commands;

/// <summary>Starts a hub on loopback that costs nothing.</summary>
[Cmdlet(VerbsLifecycle.Start, "TruebitSandbox")]
[OutputType(typeof(TruebitSandbox))]
public sealed class StartTruebitSandboxCommand : PSCmdlet
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

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        try
        {
            SandboxOptions options = new()
            {
                Port = Port,
                Latency = Latency,
                SyncWindow = SyncWindow,
                Balance = Balance,
                Tasks = Task?.Cast<DictionaryEntry>().ToDictionary(
                    static task => PSJson.Text(task.Key) ?? "", task => GetUnresolvedProviderPathFromPSPath(PSJson.Text(task.Value) ?? "")),
                Faults = Fault is null ? null : FaultTable.Read(Fault),
            };
            TruebitSandbox sandbox = new(SandboxHub.Start(options));
            ModuleState.Current.Sandboxes[sandbox.Endpoint] = sandbox;
            WriteObject(sandbox);
        }
        catch (FieldException e)
        {
            ThrowTerminatingError(Errors.Record(e, Fault));
        }
        catch (ArgumentException e)
        {
            ThrowTerminatingError(Errors.Record(new ErrorException("InvalidInput", ErrorCategory.InvalidArgument, e.Message), Task ?? Fault));
        }
        catch (Exception e) when (e is not PipelineStoppedException)
        {
            ThrowTerminatingError(Errors.Record(
                new ErrorException("SandboxNotStarted", ErrorCategory.ResourceUnavailable, e.Message), Port));
        }
    }
}
