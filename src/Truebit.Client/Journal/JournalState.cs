namespace Truebit.Client;

/// <summary>How far a row has come.</summary>
public enum JournalState
{
    /// <summary>The request was about to leave. Where this is the last word, the run ended with the row on the wire.</summary>
    Sending,

    /// <summary>The hub gave an id; it can be asked for.</summary>
    Accepted,

    /// <summary>The hub's last answer is kept.</summary>
    Finished,

    /// <summary>Surely not executed: it was not sent, or the hub refused it. The next run sends it.</summary>
    Refused,

    /// <summary>It may have been executed; whether it was is not known.</summary>
    Unknown,
}
