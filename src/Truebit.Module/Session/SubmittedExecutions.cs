namespace Truebit.Session;

/// <summary>
/// What this runspace has submitted, so that no id is lost when a pipeline ends early. Unfinished executions stay;
/// of the finished ones the last thousand.
/// </summary>
internal sealed class SubmittedExecutions
{
    private const int MostFinished = 1000;

    private readonly object _lock = new();
    private readonly Dictionary<string, SubmittedExecution> _byId = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _unfinished = new(StringComparer.OrdinalIgnoreCase);
    private readonly Queue<string> _finished = new();

    /// <summary>Notes an execution as soon as its id is known. Any thread may call it.</summary>
    public void Accepted(SubmittedExecution execution)
    {
        lock (_lock)
        {
            _byId[execution.Id] = execution;
            _unfinished.Add(execution.Id);
        }
    }

    /// <summary>Notes that nothing is outstanding for this id, and when its end was seen if it was awaited.</summary>
    public void Finished(string id, DateTime? endSeenAt)
    {
        lock (_lock)
        {
            if (endSeenAt is not null && _byId.TryGetValue(id, out SubmittedExecution? execution))
            {
                _byId[id] = execution with { EndSeenAt = endSeenAt };
            }

            if (!_unfinished.Remove(id))
            {
                return;
            }

            _finished.Enqueue(id);
            if (_finished.Count > MostFinished)
            {
                _byId.Remove(_finished.Dequeue());
            }
        }
    }

    /// <summary>What is known of an id; null where it was not submitted from here.</summary>
    public SubmittedExecution? Find(string id)
    {
        lock (_lock)
        {
            return _byId.TryGetValue(id, out SubmittedExecution? execution) ? execution : null;
        }
    }

    /// <summary>All that are known.</summary>
    public IReadOnlyList<SubmittedExecution> All
    {
        get
        {
            lock (_lock)
            {
                return [.. _byId.Values];
            }
        }
    }

    /// <summary>Those of one hub, in the order of their submission.</summary>
    public IReadOnlyList<SubmittedExecution> At(Uri endpoint)
    {
        lock (_lock)
        {
            return [.. _byId.Values.Where(execution => execution.Endpoint == endpoint).OrderBy(static execution => execution.SubmittedAt)];
        }
    }
}
