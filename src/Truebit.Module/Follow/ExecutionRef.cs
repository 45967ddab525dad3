using System.Management.Automation;
using Truebit.Client;
using Truebit.Session;

namespace Truebit.Follow;

/// <summary>An execution that a command was asked about.</summary>
/// <param name="Kind">The family of the id.</param>
/// <param name="Id">The hub's id.</param>
/// <param name="Submitted">How this runspace submitted it; null if it did not.</param>
/// <param name="Row">The row that it was made of, if that is known.</param>
/// <param name="Target">What the caller gave; the TargetObject of errors.</param>
internal sealed record ExecutionRef(TaskKind Kind, string Id, SubmittedExecution? Submitted, PSObject? Row, object Target)
{
    public static ExecutionRef From(TruebitExecution execution) =>
        new(execution.Kind, execution.ExecutionId, execution.Submitted, execution.InputObject, execution);

    public static ExecutionRef From(TruebitJournalEntry entry, SubmittedExecutions known) =>
        new(entry.Kind, entry.ExecutionId!, known.Find(entry.ExecutionId!), null, entry);

    public static ExecutionRef From(SubmittedExecution submitted) => new(submitted.Kind, submitted.Id, submitted, null, submitted.Id);

    /// <param name="id">The hub's id.</param>
    /// <param name="kind">The family that the caller gave; null takes the session's, or else Api.</param>
    /// <param name="known">What this runspace has submitted.</param>
    public static ExecutionRef From(string id, TaskKind? kind, SubmittedExecutions known)
    {
        SubmittedExecution? submitted = known.Find(id);
        return new ExecutionRef(kind ?? submitted?.Kind ?? TaskKind.Api, id, submitted, null, id);
    }
}
