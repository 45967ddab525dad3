using System.Diagnostics;

namespace Truebit.Sandbox;

/// <summary>
/// One accepted execution. Its result is known from the start and shown once its time has passed: a clock and no timer,
/// so that a hundred thousand of them cost nothing while they run.
/// </summary>
internal sealed class Execution(SandboxCharge charge, byte[] result, TimeSpan latency, Fault fault)
{
    private readonly long _acceptedAt = Stopwatch.GetTimestamp();
    private readonly long _finishedAt = TimestampIn(latency);

    public TaskKind Kind => charge.Kind;

    /// <summary>What its submission suffered.</summary>
    public Fault Fault => fault;

    public string Id => charge.ExecutionId;

    /// <summary>What it was asked to do, and what that costs.</summary>
    public SandboxCharge Charge => charge;

    /// <summary>The hub's answer when the execution is finished.</summary>
    public byte[] Result => result;

    /// <summary>The time since its acceptance.</summary>
    public TimeSpan Age => TimeSpan.FromSeconds((Stopwatch.GetTimestamp() - _acceptedAt) / (double)Stopwatch.Frequency);

    /// <summary>When it is finished (UTC), or will be.</summary>
    public DateTime FinishedAt => charge.AcceptedAt + latency;

    /// <summary>The time since its end; negative before that.</summary>
    public TimeSpan AgeOfResult => TimeSpan.FromSeconds((Stopwatch.GetTimestamp() - _finishedAt) / (double)Stopwatch.Frequency);

    public bool IsFinished => Stopwatch.GetTimestamp() >= _finishedAt;

    /// <summary>Holds, without a thread, until the execution is finished or <paramref name="atMost"/> is over.</summary>
    public async Task WaitAsync(TimeSpan atMost, CancellationToken cancellation)
    {
        long until = Math.Min(_finishedAt, TimestampIn(atMost));
        // A timer may fire a little early; what is answered as finished must be finished for the next status query too.
        for (long left = until - Stopwatch.GetTimestamp(); left > 0; left = until - Stopwatch.GetTimestamp())
        {
            double milliseconds = Math.Ceiling(left * 1000.0 / Stopwatch.Frequency);
            await Task.Delay(TimeSpan.FromMilliseconds(milliseconds), cancellation);
        }
    }

    private static long TimestampIn(TimeSpan span) =>
        Stopwatch.GetTimestamp() + (long)(span.TotalSeconds * Stopwatch.Frequency);
}
