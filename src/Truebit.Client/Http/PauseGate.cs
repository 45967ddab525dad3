using System.Diagnostics;

namespace Truebit.Client;

/// <summary>Holds back requests while the hub asks for a pause, so that a pool of workers does not keep knocking.</summary>
internal sealed class PauseGate
{
    /// <summary>Answers of one moment ask for pauses that differ by less than this.</summary>
    private static readonly TimeSpan SameMoment = TimeSpan.FromSeconds(1);
    private static readonly Stopwatch Clock = Stopwatch.StartNew();

    private readonly object _lock = new();
    private TimeSpan _until;

    /// <summary>Lets the pause last at least <paramref name="time"/> from now.</summary>
    public Pausing PauseFor(TimeSpan time)
    {
        lock (_lock)
        {
            TimeSpan now = Clock.Elapsed;
            TimeSpan before = _until;
            _until = before > now + time ? before : now + time;
            return before <= now ? Pausing.Begun
                : _until - before > SameMoment ? Pausing.Extended
                : Pausing.Unchanged;
        }
    }

    /// <summary>Returns when there is no pause (any more).</summary>
    public async Task WaitAsync(CancellationToken cancel)
    {
        while (Remaining() is TimeSpan remaining && remaining > TimeSpan.Zero)
        {
            await Task.Delay(remaining, cancel).ConfigureAwait(false);
        }
    }

    private TimeSpan Remaining()
    {
        lock (_lock)
        {
            return _until - Clock.Elapsed;
        }
    }
}
