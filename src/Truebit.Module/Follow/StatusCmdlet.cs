using System.Management.Automation;
using Truebit.Client;

namespace Truebit.Commands;

/// <summary>Asks for the status and the result of executions.</summary>
public abstract class StatusCmdlet : ExecutionCmdlet
{
    /// <summary>The family that the ids are of; known already for those of this session.</summary>
    [Parameter(ParameterSetName = IdSet, ValueFromPipelineByPropertyName = true)]
    public TaskKind Kind { get; set; }

    /// <summary>Whether only a finished execution is an answer.</summary>
    private protected abstract bool UntilFinished { get; }

    /// <inheritdoc/>
    private protected override void Ask(TruebitExecution execution) =>
        Ask(execution.Kind, execution.ExecutionId, execution.Submitted, execution.InputObject, execution);

    /// <inheritdoc/>
    private protected override void Ask(TruebitJournalEntry entry) => Ask(entry.Kind, entry.ExecutionId!, Hub.Submitted.Find(entry.ExecutionId!), null, entry);

    /// <inheritdoc/>
    private protected override void Ask(string id)
    {
        SubmittedExecution? submitted = Hub.Submitted.Find(id);
        bool isGiven = MyInvocation.BoundParameters.ContainsKey(nameof(Kind));
        Ask(isGiven || submitted is null ? Kind : submitted.Kind, id, submitted, null, id);
    }

    /// <summary>Asks for one execution.</summary>
    private protected virtual void Ask(TaskKind kind, string id, SubmittedExecution? submitted, PSObject? row, object target) =>
        Queue.Submit(null, target, async () => new TruebitExecution(await GetAsync(kind, id).ConfigureAwait(false), submitted, row));

    /// <summary>The hub's answer; the session is told of an end.</summary>
    private protected async Task<HubExecution> GetAsync(TaskKind kind, string id)
    {
        HubExecution execution = await Hub.Runner.GetAsync(kind, id, UntilFinished, Timeout, Pump.Stopped).ConfigureAwait(false);
        if (execution.IsFinished)
        {
            Hub.Submitted.Finished(id, execution.EndSeenAt);
        }

        return execution;
    }
}
