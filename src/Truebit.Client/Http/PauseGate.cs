using System.Diagnostics;

namespace Truebit.Client;

/// <summary>Holds back requests while the hub asks for a pause, so that a pool of workers does not keep knocking.</summary>
/// <param name="timings">How pauses grow that follow each other.</param>
/// <param name="max">A longer pause is cut to this.</param>
internal sealed class PauseGate(HubTimings timings, TimeSpan max)
{
    private static readonly Stopwatch Clock = Stopwatch.StartNew();

    private readonly object _lock = new();
    private TimeSpan _until;
    private TimeSpan? _toldAt;
    private TimeSpan _toldUntil;
    private int _inARow;

    /// <summary>How long the pause still lasts; zero where there is none.</summary>
    public TimeSpan Remaining
    {
        get
        {
            lock (_lock)
            {
                return Max(_until - Clock.Elapsed, TimeSpan.Zero);
            }
        }
    }

    /// <summary>Begins a pause, or prolongs it. A second one in a row is not shorter than the backoff, whatever the hub asks for.</summary>
    /// <param name="asked">How long the hub wants it to last; null where it does not say.</param>
    public PauseNotice Pause(TimeSpan? asked)
    {
        lock (_lock)
        {
            TimeSpan now = Clock.Elapsed;
            bool begins = _until <= now;
            _inARow += begins ? 1 : 0;
            TimeSpan least = asked is null ? timings.Backoff(_inARow) : _inARow > 1 ? timings.Backoff(_inARow - 1) : TimeSpan.Zero;
            TimeSpan wait = Max(asked ?? TimeSpan.Zero, least);
            wait = wait < max ? wait : max;
            _until = Max(_until, now + wait);
            bool isNews = _toldAt is null || now - _toldAt >= timings.WarningInterval || _until - _toldUntil >= timings.WarningInterval;
            if (isNews)
            {
                _toldAt = now;
                _toldUntil = _until;
            }

            return new PauseNotice(wait, begins, isNews);
        }
    }

    /// <summary>The hub has answered without asking for a pause.</summary>
    public void Succeeded()
    {
        lock (_lock)
        {
            _inARow = 0;
        }
    }

    /// <summary>Returns when there is no pause (any more).</summary>
    public async Task WaitAsync(CancellationToken cancel)
    {
        while (Remaining is TimeSpan remaining && remaining > TimeSpan.Zero)
        {
            await Task.Delay(remaining, cancel).ConfigureAwait(false);
        }
    }

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
