using System.Management.Automation;
using Truebit.Client;

namespace Truebit.Commands;

/// <summary>Asks for what the hub keeps of executions: transcripts and invoices.</summary>
public abstract class RecordCmdlet : ExecutionCmdlet
{
    /// <summary>Waits until it is there and complete: for the end of the execution, and for what is written after it.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <inheritdoc/>
    private protected override void Ask(TruebitExecution execution) => Ask(Query(execution.ExecutionId), execution);

    /// <inheritdoc/>
    private protected override void Ask(TruebitJournalEntry entry) => Ask(Query(entry.ExecutionId!), entry);

    /// <inheritdoc/>
    private protected override void Ask(string id) => Ask(Query(id), id);

    /// <summary>What to ask for.</summary>
    private protected abstract RecordQuery Query(string executionId);

    /// <summary>What is written for it.</summary>
    private protected abstract object Read(HubRecord record);

    /// <summary>Asks for one.</summary>
    private protected void Ask(RecordQuery query, object target) =>
        Queue.Submit(null, target, async () => Read(await Hub.Runner.GetAsync(query, Wait, Timeout, Pump.Stopped).ConfigureAwait(false)));
}
