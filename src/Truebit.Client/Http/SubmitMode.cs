namespace Truebit.Client;

/// <summary>When a submitted execution counts as done.</summary>
public enum SubmitMode
{
    /// <summary>Submitted asynchronously and polled until it is finished.</summary>
    Wait,

    /// <summary>The hub holds the answer for up to 60 seconds; polled after that.</summary>
    Sync,

    /// <summary>Done as soon as the hub has accepted it.</summary>
    Async,
}
