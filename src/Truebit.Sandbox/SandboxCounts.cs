namespace Truebit.Sandbox;

/// <summary>
/// What a sandbox hub has seen so far, all of it at one moment. Once every submission is answered or held,
/// <see cref="Submissions"/> is <see cref="Executions"/> plus <see cref="Rejections"/>.
/// </summary>
public sealed record SandboxCounts
{
    /// <summary>POSTs received at the execute endpoints.</summary>
    public long Submissions { get; init; }

    /// <summary>Submissions that were accepted and have an execution id.</summary>
    public long Executions { get; init; }

    /// <summary>Executions that the payer was charged for.</summary>
    public long Charges { get; init; }

    /// <summary>Submissions that were answered 4xx or 5xx, or reset before they were handled. They are never charged.</summary>
    public long Rejections { get; init; }

    /// <summary>GETs received at the status endpoints, those for an unknown id included.</summary>
    public long StatusQueries { get; init; }

    /// <summary>
    /// Faults that were injected (<see cref="SandboxFaults"/>), those of queries included. A fault that was drawn
    /// for a submission that was refused anyway is none.
    /// </summary>
    public long Faults { get; init; }
}
