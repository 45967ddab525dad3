using System.Collections;
using System.Management.Automation;
using Truebit.Completion;
using Truebit.Json;
using Truebit.Sandbox;
using Truebit.Session;

namespace Truebit.Commands;

/// <summary>Starts a local hub that costs nothing.</summary>
[Cmdlet(VerbsLifecycle.Start, "TruebitSandbox")]
[OutputType(typeof(TruebitSandbox))]
public sealed class StartTruebitSandboxCommand : TruebitCmdlet
{
    /// <summary>The port; by default a free one.</summary>
    [Parameter]
    [ValidateRange(0, 65535)]
    public int Port { get; set; }

    /// <summary>How long an execution takes; a number is seconds.</summary>
    [Parameter]
    [SecondsTransformation]
    public TimeSpan Latency { get; set; }

    /// <summary>How long a sync call is held before only the id is returned; a number is seconds. The default is 60, as at the hub.</summary>
    [Parameter]
    [SecondsTransformation]
    public TimeSpan SyncWindow { get; set; } = new SandboxOptions().SyncWindow;

    /// <summary>How many executions the payer can pay for before the response is 402. By default there is no limit.</summary>
    [Parameter]
    [ValidateRange(0L, long.MaxValue)]
    public long? Balance { get; set; }

    /// <summary>Injected faults, as probabilities: <c>@{ LoseAnswer = 0.01; TooManyRequests = 0.02; Seed = 7 }</c>.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(FaultCompleter))]
    public IDictionary? Fault { get; set; }

    /// <summary>API tasks and their manifests: <c>@{ 'namespace/name' = 'manifest.json' }</c>.</summary>
    [Parameter]
    [ValidateNotNull]
    public IDictionary? Task { get; set; }

    /// <summary>The unit of executionTimeout, so that executions that take longer time out. By default none does.</summary>
    /// <remarks>A text: a field of the sandbox's enum would load the sandbox whenever the module is imported.</remarks>
    [Parameter]
    [ValidateSet(nameof(SandboxTimeoutUnit.Milliseconds), nameof(SandboxTimeoutUnit.Seconds))]
    public string? TimeoutUnit { get; set; }

    protected override void ProcessRecord()
    {
        SandboxOptions options = new()
        {
            Port = Port,
            Latency = Latency,
            SyncWindow = SyncWindow,
            Balance = Balance,
            Tasks = Task is null ? null : OrThrowTerminating(() => ResolveTasks(Task), Task),
            TimeoutUnit = TimeoutUnit is null ? null : (SandboxTimeoutUnit)Enum.Parse(typeof(SandboxTimeoutUnit), TimeoutUnit, ignoreCase: true),
            Faults = Fault is null ? null : OrThrowTerminating(() => FaultTable.Parse(Fault), Fault),
        };
        TruebitSandbox sandbox = new(OrThrowTerminating(() => Start(options), (object?)Task ?? Port));
        ModuleState.Current.Sandboxes[sandbox.Endpoint] = sandbox;
        WriteObject(sandbox);
    }

    private Dictionary<string, string> ResolveTasks(IDictionary tasks)
    {
        Dictionary<string, string> files = [];
        foreach (DictionaryEntry task in tasks)
        {
            files.Add(PSJson.Text(task.Key) ?? "", ResolveFile(PSJson.Unwrap(task.Value) is FileInfo file ? file.FullName : PSJson.Text(task.Value) ?? ""));
        }

        return files;
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
