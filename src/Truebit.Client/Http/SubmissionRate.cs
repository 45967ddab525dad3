using System.Diagnostics;

namespace Truebit.Client;

/// <summary>
/// Spreads the submissions of a command evenly over time, requests that are sent again after a pause included. What a slow moment has left
/// unused is not made up for: a hub that limits its callers counts short spans, too.
/// </summary>
public sealed class SubmissionRate
{
    private static readonly Stopwatch Clock = Stopwatch.StartNew();

    private readonly object _lock = new();
    private readonly TimeSpan _interval;
    private TimeSpan _next;

    /// <param name="perSecond">How many requests may leave in a second; more than 0, and below 1 for one in several seconds.</param>
    public SubmissionRate(double perSecond)
    {
        _interval = perSecond > 0 ? TimeSpan.FromTicks((long)(TimeSpan.TicksPerSecond / perSecond)) : throw new ArgumentOutOfRangeException(nameof(perSecond));
    }

    /// <summary>Returns when the next request may leave.</summary>
    internal Task WaitAsync(CancellationToken cancel)
    {
        TimeSpan wait;
        lock (_lock)
        {
            TimeSpan now = Clock.Elapsed;
            TimeSpan turn = _next > now ? _next : now;
            _next = turn + _interval;
            wait = turn - now;
        }

        return wait > TimeSpan.Zero ? Task.Delay(wait, cancel) : Task.CompletedTask;
    }
}
