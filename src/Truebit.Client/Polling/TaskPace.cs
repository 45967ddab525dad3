namespace Truebit.Client;

/// <summary>
/// How long executions of one task take, learned from those that have finished, so that a poll comes when there is likely
/// something to see: two or three polls for an execution, and little added to its time.
/// </summary>
internal sealed class TaskPace(HubTimings timings)
{
    /// <summary>How much one finished execution counts.</summary>
    private const double Weight = 0.1;

    /// <summary>An execution that was finished at its first poll may have been finished earlier: look a little earlier next time.</summary>
    private const double Eagerness = 0.97;

    /// <summary>While nothing is known, each wait is longer than the one before by this.</summary>
    private const double Growth = 1.5;

    /// <summary>Executions that start together then ask at different times, so that one of them sees the first end soon.</summary>
    private const double BlindJitter = 0.3;
    private const double UsualJitter = 0.03;

    /// <summary>Initial guess of the spread, as a fraction of the first measured duration.</summary>
    private const double FirstSpread = 0.05;
    private const double MinSpread = 0.01;
    private const double MinGapSeconds = 0.015;

    private readonly object _lock = new();
    private readonly TaskCompletionSource<bool> _firstEstimate = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private double _expected;
    private double _spread;

    /// <summary>Completes when the first execution has finished, so that waiters without an estimate can recompute their delay.</summary>
    public Task FirstEstimate => _firstEstimate.Task;

    /// <summary>How long to wait before the next poll.</summary>
    /// <param name="elapsed">Since the execution was accepted.</param>
    /// <param name="polls">How often it was polled already.</param>
    public TimeSpan Next(TimeSpan elapsed, int polls)
    {
        (double expected, double spread) = Read();
        return expected <= 0
            ? Wait(timings.FirstPoll.TotalSeconds * Math.Pow(Growth, polls), BlindJitter)
            : Wait(NextOf(expected, spread, elapsed.TotalSeconds), UsualJitter);
    }

    /// <summary>Learns from a finished execution.</summary>
    /// <param name="lastRunning">When it was last seen running; zero where it never was.</param>
    /// <param name="finished">When it was seen finished.</param>
    public void Learn(TimeSpan lastRunning, TimeSpan finished)
    {
        double sample = lastRunning > TimeSpan.Zero
            ? (lastRunning + finished).TotalSeconds / 2
            : finished.TotalSeconds * Eagerness;
        lock (_lock)
        {
            bool isFirst = _expected <= 0;
            _spread = isFirst ? sample * FirstSpread : _spread + (Weight * (Math.Abs(sample - _expected) - _spread));
            _expected = isFirst ? sample : _expected + (Weight * (sample - _expected));
        }

        _firstEstimate.TrySetResult(true);
    }

    /// <summary>
    /// The first poll comes when the quickest are done, the next ones a spread apart; what is overdue by more than that is asked for
    /// ever later.
    /// </summary>
    private static double NextOf(double expected, double spread, double sofar)
    {
        double first = expected - spread;
        return sofar < first * Eagerness
            ? first - sofar
            : Math.Max(Math.Max(MinGapSeconds, spread), (sofar - expected) * (Growth - 1));
    }

    private (double Expected, double Spread) Read()
    {
        lock (_lock)
        {
            return (_expected, Math.Max(_spread, _expected * MinSpread));
        }
    }

    private TimeSpan Wait(double seconds, double jitter) =>
        Jitter.Apply(TimeSpan.FromSeconds(Math.Min(seconds, timings.MaxPollInterval.TotalSeconds)), jitter);
}
