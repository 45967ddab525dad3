using Truebit.Client;

namespace Truebit.Session;

/// <summary>An execution that a hub has accepted: what to ask for, and where.</summary>
internal sealed record SubmittedExecution(
    Uri Endpoint, TaskKind Kind, string Id, string? Namespace, string? TaskName, string? Label, uint? Version, DateTime? SubmittedAt)
{
    /// <summary>What was sent; null where an earlier run has sent it, with which headers and times is not known.</summary>
    public SentRequest? Request { get; init; }

    /// <summary>When its end was seen; null where it was not awaited.</summary>
    public DateTime? EndSeenAt { get; init; }
}
