using System.Diagnostics;

namespace Truebit.Client;

/// <summary>Holds back all requests to a hub while it asks for a pause, so that a pool of workers does not keep knocking.</summary>
internal sealed class PauseGate
{
    private static readonly Stopwatch Clock = Stopwatch.StartNew();
    private readonly object _lock = new();
    private TimeSpan _until;

    /// <summary>Extends the pause to last at least <paramref name="time"/> from now; true when that made it longer.</summary>
    public bool PauseFor(TimeSpan time)
    {
        lock (_lock)
        {
            TimeSpan until = Clock.Elapsed + time;
            bool isLonger = until > _until;
            _until = isLonger ? until : _until;
            return isLonger;
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
