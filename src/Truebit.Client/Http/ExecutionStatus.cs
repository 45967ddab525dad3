namespace Truebit.Client;

/// <summary>
/// What the hub says of an execution: <c>status</c> of API tasks, <c>verificationStatus</c> of function tasks
/// (truebit-api.md 5).
/// </summary>
public enum ExecutionStatus
{
    /// <summary>Accepted and not finished.</summary>
    Running,

    /// <summary>Finished; for function tasks the nodes agreed.</summary>
    Success,

    /// <summary>Finished with an error.</summary>
    Error,

    /// <summary>Finished without consensus of the nodes.</summary>
    Indeterminate,

    /// <summary>The hub used a word that is not documented; <see cref="HubExecution.StatusText"/> has it.</summary>
    Unknown,
}
