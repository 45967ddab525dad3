namespace Truebit.Bench;

/// <summary>What the hub has counted since it was reset.</summary>
internal sealed record HubStats
{
    /// <summary>Requests to execute.</summary>
    public long Executions { get; init; }

    /// <summary>Questions for a status.</summary>
    public long StatusQueries { get; init; }

    /// <summary>The bytes of all requests to execute.</summary>
    public long BodyBytes { get; init; }

    /// <summary>The most connections that were open at a time.</summary>
    public int PeakConnections { get; init; }

    /// <summary>The most executions that were accepted, and whose end the client had not been told.</summary>
    public int PeakUnfinished { get; init; }

    /// <summary>How long the executions took at the hub, all together.</summary>
    public double TaskSeconds { get; init; }

    /// <summary>How long they had been finished when their client was told, all together.</summary>
    public double LateSeconds { get; init; }
}

/// <summary>Counts for the hub; any thread.</summary>
internal sealed class HubCounters
{
    private readonly Lock _lock = new();
    private HubStats _stats = new();
    private long _executions;
    private long _statusQueries;
    private long _bodyBytes;
    private int _connections;
    private int _unfinished;
    private TimeSpan _taskTime;
    private TimeSpan _lateTime;

    public void Connected(int change)
    {
        lock (_lock)
        {
            _connections += change;
            if (_connections > _stats.PeakConnections)
            {
                _stats = _stats with { PeakConnections = _connections };
            }
        }
    }

    public void Accepted(long bytes)
    {
        lock (_lock)
        {
            _executions++;
            _bodyBytes += bytes;
            if (++_unfinished > _stats.PeakUnfinished)
            {
                _stats = _stats with { PeakUnfinished = _unfinished };
            }
        }
    }

    public void Asked() => Interlocked.Increment(ref _statusQueries);

    public void Settled(TimeSpan duration, TimeSpan late)
    {
        lock (_lock)
        {
            _unfinished--;
            _taskTime += duration;
            _lateTime += late;
        }
    }

    public HubStats Read()
    {
        lock (_lock)
        {
            return _stats with
            {
                Executions = _executions,
                StatusQueries = _statusQueries,
                BodyBytes = _bodyBytes,
                TaskSeconds = _taskTime.TotalSeconds,
                LateSeconds = _lateTime.TotalSeconds,
            };
        }
    }

    public void Reset()
    {
        lock (_lock)
        {
            _stats = new HubStats { PeakConnections = _connections };
            (_executions, _statusQueries, _bodyBytes, _unfinished) = (0, 0, 0, 0);
            (_taskTime, _lateTime) = (TimeSpan.Zero, TimeSpan.Zero);
        }
    }
}
