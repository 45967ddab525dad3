using System.Management.Automation;
using Truebit.Client;
using Truebit.Session;

namespace Truebit.Follow;

/// <summary>An execution that a command was asked about.</summary>
/// <param name="Kind">The family of the id.</param>
/// <param name="Id">The hub's id.</param>
/// <param name="Submitted">How this runspace submitted it; null if it did not.</param>
/// <param name="InputObject">The row that it was made of, if that is known.</param>
/// <param name="Target">What the caller gave; the TargetObject of errors.</param>
internal sealed record ExecutionRef(TaskKind Kind, string Id, SubmittedExecution? Submitted, PSObject? InputObject, object Target)
{
    /// <summary>The row's place in the input of its run; null if that is not known.</summary>
    public int? Row { get; init; }

    /// <summary>The row's key.</summary>
    public string? Key { get; init; }

    /// <summary>The secrets of its request; none where this runspace did not send it.</summary>
    public IReadOnlyList<SecretText> Secrets => Submitted?.Request?.Secrets ?? [];

    /// <summary>What errors about it say.</summary>
    public RowRef Ref => new(Target, Row, Key);

    /// <summary>The result, with what is known of its row.</summary>
    public TruebitExecution ToResult(HubExecution execution) => new(execution, Submitted, InputObject) { Row = Row, Key = Key };

    public static ExecutionRef From(TruebitExecution execution) =>
        new(execution.Family, execution.ExecutionId, execution.Submitted, execution.InputObject, execution) { Row = execution.Row, Key = execution.Key };

    public static ExecutionRef From(TruebitJournalEntry entry, SubmittedExecutions known) =>
        new(entry.Family, entry.ExecutionId!, known.Find(entry.ExecutionId!), null, entry) { Row = entry.Row, Key = entry.Key };

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
