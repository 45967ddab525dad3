using System.Management.Automation;
using Truebit.Bulk;
using Truebit.Completion;

namespace Truebit.Commands;

/// <summary>Asks for executions by id or by the objects that stand for them, many at a time.</summary>
public abstract class ExecutionCmdlet : HubCmdlet
{
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

    /// <summary>An entry of Get-TruebitJournal. Rows that the hub gave no id are passed over.</summary>
    [Parameter(ParameterSetName = JournalSet, Mandatory = true, ValueFromPipeline = true)]
    public TruebitJournalEntry? JournalEntry { get; set; }

    /// <summary>How long to wait; a number is seconds. 15 minutes unless given.</summary>
    [Parameter]
    [SecondsTransformation]
    public TimeSpan Timeout { get; set; } = DefaultTimeout;

    /// <summary>The most executions that are asked for at a time.</summary>
    [Parameter]
    [ValidateRange(1, 10_000)]
    public int ThrottleLimit { get; set; } = 256;

    private protected HubConnection Hub { get; private set; } = null!;

    private protected ExecutionQueue Queue { get; private set; } = null!;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        Hub = Connect(needsKey: false, ThrottleLimit);
        Queue = new ExecutionQueue(this, Pump, ThrottleLimit);
    }

    /// <inheritdoc/>
    protected override void EndProcessing() => Queue.Drain();

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (InputObject is not null)
        {
            Ask(InputObject);
        }

        if (JournalEntry is { ExecutionId: not null })
        {
            Ask(JournalEntry);
        }
        else if (JournalEntry is not null)
        {
            WriteVerbose($"{JournalEntry} has no execution id.");
        }

        foreach (string id in ExecutionId ?? [])
        {
            Ask(id);
        }
    }

    /// <summary>Asks about an execution that is at hand.</summary>
    private protected abstract void Ask(TruebitExecution execution);

    /// <summary>Asks about a row that has an execution id.</summary>
    private protected abstract void Ask(TruebitJournalEntry entry);

    /// <summary>Asks about an execution of which only the id is known.</summary>
    private protected abstract void Ask(string id);
}
