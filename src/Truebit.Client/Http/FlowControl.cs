namespace Truebit.Client;

/// <summary>
/// Limits the requests on the wire, for all workers of a command. When the hub asks for a pause, all of them pause
/// and the limit is halved; it grows back by one for each round of successful requests.
/// </summary>
internal sealed class FlowControl
{
    private readonly PauseGate _pause;
    private readonly SubmissionRate? _rate;
    private readonly SemaphoreSlim _slots;
    private readonly object _lock = new();
    private readonly int _max;
    private int _allowed;
    private int _slotsToWithhold;
    private int _succeededSinceChange;

    /// <param name="max">How many requests may be on the wire at a time.</param>
    /// <param name="timings">The waits of the client.</param>
    /// <param name="outlastsPauses">Whether rows wait as long as the hub wants, instead of being given up.</param>
    /// <param name="rate">How fast requests may follow each other; null where nothing limits that.</param>
    public FlowControl(int max, HubTimings timings, bool outlastsPauses, SubmissionRate? rate)
    {
        _max = max;
        _allowed = max;
        _slots = new SemaphoreSlim(max);
        _pause = new PauseGate(timings, timings.MaxPause);
        _rate = rate;
        OutlastsPauses = outlastsPauses;
    }

    /// <summary>Whether rows wait as long as the hub wants, instead of being given up.</summary>
    public bool OutlastsPauses { get; }

    /// <summary>How long nothing is sent because the hub asked for a pause; zero where it did not.</summary>
    public TimeSpan PauseLeft => _pause.Remaining;

    /// <summary>Waits for a slot, for a pause to end, and for the request's turn. Each entry is followed by one <see cref="Release"/>.</summary>
    public async Task EnterAsync(CancellationToken cancel)
    {
        await _slots.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            await _pause.WaitAsync(cancel).ConfigureAwait(false);
            while (_rate is not null)
            {
                await _rate.WaitAsync(cancel).ConfigureAwait(false);
                if (_pause.Remaining == TimeSpan.Zero)
                {
                    break;
                }

                // A pause has begun meanwhile: after it, all that have waited would leave at once.
                await _pause.WaitAsync(cancel).ConfigureAwait(false);
            }
        }
        catch
        {
            _slots.Release();
            throw;
        }
    }

    /// <summary>Returns the slot, unless the limit was lowered meanwhile.</summary>
    /// <param name="succeeded">The hub did not ask for a pause.</param>
    public void Release(bool succeeded)
    {
        int slots = 1;
        if (succeeded)
        {
            _pause.Succeeded();
        }

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

    /// <summary>Begins or prolongs a pause.</summary>
    /// <param name="asked">How long the hub wants it to last; null where it does not say.</param>
    public PauseNotice Pause(TimeSpan? asked)
    {
        lock (_lock)
        {
            PauseNotice notice = _pause.Pause(asked);
            if (notice.Begins)
            {
                int half = Math.Max(1, _allowed / 2);
                _slotsToWithhold += _allowed - half;
                _allowed = half;
                _succeededSinceChange = 0;
            }

            return notice;
        }
    }
}
