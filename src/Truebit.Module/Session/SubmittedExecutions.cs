namespace Truebit.Session;

/// <summary>
/// The executions that this runspace has submitted, so that no id is lost when a pipeline ends early. Keeps all unfinished ones, and
/// the last thousand finished ones. Any thread may call it.
/// </summary>
internal sealed class SubmittedExecutions
{
    private const int MaxFinished = 1000;

    private readonly object _lock = new();
    private readonly Dictionary<string, SubmittedExecution> _byId = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _unfinished = new(StringComparer.OrdinalIgnoreCase);
    private readonly Queue<string> _finished = new();

    /// <summary>Adds an execution as soon as its id is known.</summary>
    public void Accepted(SubmittedExecution execution)
    {
        lock (_lock)
        {
            _byId[execution.Id] = execution;
            _unfinished.Add(execution.Id);
        }
    }

    /// <summary>Marks an execution as finished; its end has a time if it was awaited.</summary>
    public void Finished(string id, DateTime? finishedAt)
    {
        lock (_lock)
        {
            if (finishedAt is not null && _byId.TryGetValue(id, out SubmittedExecution? execution))
            {
                _byId[id] = execution with { FinishedAt = finishedAt };
            }

            if (!_unfinished.Remove(id))
            {
                return;
            }

            _finished.Enqueue(id);
            if (_finished.Count > MaxFinished)
            {
                _byId.Remove(_finished.Dequeue());
            }
        }
    }

    /// <summary>The execution with this id; null if another runspace submitted it.</summary>
    public SubmittedExecution? Find(string id)
    {
        lock (_lock)
        {
            return _byId.TryGetValue(id, out SubmittedExecution? execution) ? execution : null;
        }
    }

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

    /// <summary>The executions of one hub, in the order of submission.</summary>
    public IReadOnlyList<SubmittedExecution> At(Uri endpoint)
    {
        lock (_lock)
        {
            return [.. _byId.Values.Where(execution => execution.Endpoint == endpoint).OrderBy(static execution => execution.SubmittedAt)];
        }
    }
}
