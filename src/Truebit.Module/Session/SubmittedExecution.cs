using Truebit.Client;

namespace Truebit.Session;

/// <summary>An execution that a hub has accepted.</summary>
/// <param name="Endpoint">The hub; null where that is not known, because the execution comes from a job or a file.</param>
internal sealed record SubmittedExecution(
    Uri? Endpoint, TaskKind Kind, string Id, string? Namespace, string? TaskName, string? Label, uint? Version, DateTime? SubmittedAt)
{
    /// <summary>What was sent; null if an earlier run sent it: its headers and timeouts are then unknown.</summary>
    public SentRequest? Request { get; init; }

    /// <summary>When its end was seen; null if it was not awaited.</summary>
    public DateTime? FinishedAt { get; init; }
}
