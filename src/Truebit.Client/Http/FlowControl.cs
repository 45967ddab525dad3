namespace Truebit.Client;

/// <summary>
/// How many requests may be on the wire at a time, for all workers of a command. A hub that asks for a pause gets one from all
/// of them, and half the concurrency afterwards; that grows back by one for each round of requests that went well.
/// </summary>
internal sealed class FlowControl
{
    private readonly PauseGate _pause = new();
    private readonly SemaphoreSlim _slots;
    private readonly object _lock = new();
    private readonly int _max;
    private int _allowed;
    private int _slotsToWithhold;
    private int _succeededSinceChange;

    /// <summary>Lets in at most <paramref name="max"/>.</summary>
    public FlowControl(int max)
    {
        _max = max;
        _allowed = max;
        _slots = new SemaphoreSlim(max);
    }

    /// <summary>Waits for a pause to end and for a slot. Each entry is followed by one <see cref="Release"/>.</summary>
    public async Task EnterAsync(CancellationToken cancel)
    {
        await _slots.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            await _pause.WaitAsync(cancel).ConfigureAwait(false);
        }
        catch
        {
            _slots.Release();
            throw;
        }
    }

    /// <summary>Gives the slot back, unless there are to be fewer of them.</summary>
    /// <param name="succeeded">The hub did not ask for a pause.</param>
    public void Release(bool succeeded = true)
    {
        int slots = 1;
        lock (_lock)
        {
            if (_slotsToWithhold > 0)
            {
                _slotsToWithhold--;
                slots = 0;
            }
            else if (succeeded && _allowed < _max && ++_succeededSinceChange >= _allowed)
            {
                _succeededSinceChange = 0;
                _allowed++;
                slots = 2;
            }
        }

        if (slots > 0)
        {
            _slots.Release(slots);
        }
    }

    /// <summary>The hub asks for a pause. True when it is news, and not the answer to a request from before the pause.</summary>
    public bool PauseFor(TimeSpan time)
    {
        lock (_lock)
        {
            if (_pause.PauseFor(time) is not Pausing.Begun and Pausing change)
            {
                return change == Pausing.Extended;
            }

            int half = Math.Max(1, _allowed / 2);
            _slotsToWithhold += _allowed - half;
            _allowed = half;
            _succeededSinceChange = 0;
            return true;
        }
    }
}
