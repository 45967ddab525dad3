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
    private readonly int _most;
    private int _allowed;
    private int _toWithhold;
    private int _goodSinceChange;

    /// <summary>Lets in at most <paramref name="most"/>.</summary>
    public FlowControl(int most)
    {
        _most = most;
        _allowed = most;
        _slots = new SemaphoreSlim(most);
    }

    /// <summary>Waits for a pause to end and for a slot. Each entry is followed by one <see cref="Leave"/>.</summary>
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
    /// <param name="wentWell">The hub did not ask for a pause.</param>
    public void Leave(bool wentWell = true)
    {
        int slots = 1;
        lock (_lock)
        {
            if (_toWithhold > 0)
            {
                _toWithhold--;
                slots = 0;
            }
            else if (wentWell && _allowed < _most && ++_goodSinceChange >= _allowed)
            {
                _goodSinceChange = 0;
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
            _toWithhold += _allowed - half;
            _allowed = half;
            _goodSinceChange = 0;
            return true;
        }
    }
}
