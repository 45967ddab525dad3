namespace Truebit.Client;

/// <summary>
/// Limits the requests on the wire, for all workers of a command. When the hub asks for a pause, all of them pause
/// and the limit is halved; it grows back by one for each round of successful requests.
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

    /// <summary>Allows at most <paramref name="max"/> requests at a time.</summary>
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

    /// <summary>Returns the slot, unless the limit was lowered meanwhile.</summary>
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

    /// <summary>Starts or extends a pause. True when this is new, and not one more answer to a request from before the pause.</summary>
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
