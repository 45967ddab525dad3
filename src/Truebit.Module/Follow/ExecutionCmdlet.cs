using System.Management.Automation;
using Truebit.Client;
using Truebit.Completion;
using Truebit.Follow;
using Truebit.Pump;
using Truebit.Session;

namespace Truebit.Commands;

/// <summary>The parameters of commands about executions: their ids, or the objects that have one; without any, all of this session.</summary>
public abstract class ExecutionCmdlet : HubCmdlet
{
    private protected const string SessionSet = "Session";
    private protected const string IdSet = "Id";
    private protected const string ExecutionSet = "Execution";
    private const string JournalSet = "Journal";

    /// <summary>An execution of Invoke-TruebitTask, Get-TruebitExecution or Wait-TruebitExecution.</summary>
    [Parameter(ParameterSetName = ExecutionSet, Mandatory = true, ValueFromPipeline = true)]
    public TruebitExecution? InputObject { get; set; }

    /// <summary>The ids that the hub gave.</summary>
    [Parameter(ParameterSetName = IdSet, Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id")]
    [ArgumentCompleter(typeof(ExecutionIdCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? ExecutionId { get; set; }

    /// <summary>An entry of Get-TruebitJournal. Rows without an execution id are skipped.</summary>
    [Parameter(ParameterSetName = JournalSet, Mandatory = true, ValueFromPipeline = true)]
    public TruebitJournalEntry? JournalEntry { get; set; }

    /// <summary>The object whose ExecutionId was taken: it may tell the row. Of all sets, or binding it would choose one.</summary>
    [Parameter(ParameterSetName = IdSet, ValueFromPipeline = true, DontShow = true)]
    [Parameter(ParameterSetName = ExecutionSet, ValueFromPipeline = true, DontShow = true)]
    [Parameter(ParameterSetName = JournalSet, ValueFromPipeline = true, DontShow = true)]
    public PSObject? PipedObject { get; set; }

    /// <summary>How long to wait; a number is seconds. The default is 15 minutes.</summary>
    [Parameter]
    [SecondsTransformation]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(DefaultTimeoutMinutes);

    /// <summary>The maximum number of executions that are queried at a time.</summary>
    [Parameter]
    [ValidateRange(1, 10_000)]
    public int ThrottleLimit { get; set; } = 256;

    /// <summary>Makes flat rows of executions; null if the command writes them as they are.</summary>
    private protected virtual ResultRows? Rows => null;

    private protected HubConnection Hub { get; private set; } = null!;

    private protected ExecutionQueue Queue { get; private set; } = null!;

    protected override void BeginProcessing()
    {
        Hub = Connect(needsKey: false, ThrottleLimit);
        Queue = new ExecutionQueue(this, Hub, ThrottleLimit) { Rows = Rows };
    }

    protected override void EndProcessing() => Queue.Drain();

    protected override void ProcessRecord()
    {
        if (InputObject is not null)
        {
            Query(ExecutionRef.From(InputObject));
        }

        if (JournalEntry is { ExecutionId: not null })
        {
            Query(ExecutionRef.From(JournalEntry, Hub.Submitted));
        }
        else if (JournalEntry is not null)
        {
            WriteVerbose($"{JournalEntry} has no execution id.");
        }

        foreach (string id in ExecutionId ?? [])
        {
            // Some of the commands have -Kind.
            TaskKind? kind = MyInvocation.BoundParameters.TryGetValue("Kind", out object? given) ? (TaskKind)given : null;
            ExecutionRef execution = ExecutionRef.From(id, kind, Hub.Submitted);
            Query(PipedObject is { BaseObject: PSCustomObject } ? PipedExecution.Enrich(execution, PipedObject) : execution);
        }

        if (ParameterSetName == SessionSet && !MyInvocation.ExpectingInput)
        {
            foreach (SubmittedExecution submitted in Hub.Submitted.At(Hub.Endpoint))
            {
                Query(ExecutionRef.From(submitted));
            }
        }
    }

    /// <summary>Starts what the command does with one execution.</summary>
    private protected abstract void Query(ExecutionRef execution);
}
