namespace Truebit.Client;

/// <summary>
/// Notified of each step of a submission, on worker threads, at the moment that matters for the money. A journal is an observer.
/// </summary>
public interface ISubmissionObserver
{
    /// <summary>The request is about to leave. An exception keeps it from leaving.</summary>
    void Sending();

    /// <summary>It was surely not executed. It may be sent again: then <see cref="Sending"/> comes again.</summary>
    void Refused(string why);

    /// <summary>Whether it was executed is not known.</summary>
    /// <param name="why">What happened.</param>
    /// <param name="candidateId">The id that the answer gave all the same; null where it gave none.</param>
    void Unknown(string why, string? candidateId);

    /// <summary>The hub gave an id; with a sync call it may be finished already.</summary>
    void Accepted(HubExecution execution);

    /// <summary>Nothing more is to come.</summary>
    void Finished(HubExecution execution);
}
