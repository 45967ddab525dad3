namespace Truebit.Client;

/// <summary>The waits of the client. Tests shorten them; users have no need to.</summary>
internal sealed record HubTimings
{
    /// <summary>How long an answer to a POST is awaited. The hub holds a sync call for 60 seconds (truebit-api.md 4.1).</summary>
    public TimeSpan SubmitTimeout { get; init; } = TimeSpan.FromSeconds(100);

    /// <summary>How long an answer to a GET is awaited before it is asked again.</summary>
    public TimeSpan StatusTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often a request is tried while no connection comes about.</summary>
    public int Tries { get; init; } = 4;

    /// <summary>How often a request is tried while the hub asks for pauses.</summary>
    public int MaxThrottleRetries { get; init; } = 10;

    /// <summary>The first wait between tries; it doubles.</summary>
    public TimeSpan FirstRetry { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>A hub that asks for a longer pause than this ends the row, or is asked again after this where the command outlasts pauses.</summary>
    public TimeSpan MaxPause { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>The longest pause of GETs, which cost nothing.</summary>
    public TimeSpan MaxQueryPause { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often pauses are told of at most.</summary>
    public TimeSpan WarningInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>When a running execution is first asked for.</summary>
    public TimeSpan FirstPoll { get; init; } = TimeSpan.FromMilliseconds(40);

    /// <summary>The longest wait between two polls of one execution.</summary>
    public TimeSpan MaxPollInterval { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How long the answer to the last poll of a wait is awaited.</summary>
    public TimeSpan LastAnswer { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>For how long after its acceptance the hub may not know an execution yet.</summary>
    public TimeSpan NotFoundGrace { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How many answers in a row that are not the hub's are taken for a passing fault.</summary>
    public int UnreadableAnswers { get; init; } = 5;

    /// <summary>The wait before try number <paramref name="tryNumber"/> (from 1), with up to a fifth of jitter.</summary>
    public TimeSpan Backoff(int tryNumber) =>
        Jitter.Apply(TimeSpan.FromTicks(FirstRetry.Ticks << Math.Min(tryNumber - 1, 6)), 0.2);
}
