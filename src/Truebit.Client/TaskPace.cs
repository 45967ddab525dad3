using System.Collections.Concurrent;

namespace Truebit.Client;

/// <summary>
/// How long executions of one task take, learned from those that have finished, so that a poll comes when there is likely
/// something to see: about one or two polls for an execution, and little added to its time.
/// </summary>
internal sealed class TaskPace(HubTimings timings)
{
    /// <summary>How much one finished execution counts.</summary>
    private const double Weight = 0.1;

    /// <summary>An execution that was finished at its first poll may have been finished earlier: look a little earlier next time.</summary>
    private const double Eagerness = 0.97;

    /// <summary>After a poll that came too early the next one comes after this part of the time so far, then ever later.</summary>
    private const double Gap = 0.04;
    private const double Growth = 1.5;
    private const double ShortestGapSeconds = 0.015;

    private readonly object _lock = new();
    private double _expected;

    /// <summary>How long to wait before the next poll.</summary>
    /// <param name="elapsed">Since the execution was accepted.</param>
    /// <param name="polls">How often it was polled already.</param>
    public TimeSpan Next(TimeSpan elapsed, int polls)
    {
        double expected;
        lock (_lock)
        {
            expected = _expected;
        }

        double sofar = elapsed.TotalSeconds;
        double wait = expected <= 0
            ? timings.FirstPoll.TotalSeconds * Math.Pow(Growth, polls)
            : sofar < expected * Eagerness
                ? expected - sofar
                : Math.Max(ShortestGapSeconds, sofar * Gap * Math.Pow(Growth, Math.Max(0, polls - 1)));
        return Jitter.Apply(TimeSpan.FromSeconds(Math.Min(wait, timings.LongestPoll.TotalSeconds)), 0.03);
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
            _expected = _expected <= 0 ? sample : _expected + (Weight * (sample - _expected));
        }
    }
}

/// <summary>The paces of the tasks that a hub runs.</summary>
internal sealed class TaskPaces(HubTimings timings)
{
    private readonly ConcurrentDictionary<(string, string, string?, uint?), TaskPace> _paces = new();

    public TaskPace Of(TaskRequest request) =>
        _paces.GetOrAdd((request.Namespace, request.TaskName, request.Label, request.Version), _ => new TaskPace(timings));
}
