using System.Management.Automation;

namespace Truebit.Documents;

/// <summary>
/// Works on all cores and returns results in the order of the input. Used on the pipeline thread; the work itself runs on other
/// threads and must not touch PowerShell.
/// </summary>
internal sealed class OrderedWork<T> : IDisposable
{
    /// <summary>Enough to keep all cores busy while the first result is awaited.</summary>
    private static readonly int MaxStarted = 8 * Environment.ProcessorCount;

    private readonly Queue<Task<T>> _tasks = new();
    private readonly CancellationTokenSource _stop = new();

    public bool IsEmpty => _tasks.Count == 0;

    public bool IsFull => _tasks.Count >= MaxStarted;

    /// <summary>Whether <see cref="Take"/> would return at once.</summary>
    public bool IsReady => _tasks.Count > 0 && _tasks.Peek().IsCompleted;

    public void Start(Func<T> work) => _tasks.Enqueue(Task.Run(work, _stop.Token));

    /// <summary>Waits for the next result. An exception of the work is thrown here.</summary>
    /// <exception cref="PipelineStoppedException">The pipeline was stopped meanwhile.</exception>
    public T Take()
    {
        Task<T> next = _tasks.Dequeue();
        try
        {
            Task.WaitAny([next], _stop.Token);
            return next.GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            throw new PipelineStoppedException();
        }
    }

    /// <summary>Ends all waits. Any thread may call it.</summary>
    public void Stop() => _stop.Cancel();

    public void Dispose() => Stop();
}
