using System.Management.Automation;

namespace Truebit.Documents;

/// <summary>
/// Does work on all cores and gives the results in the order of the input. Used on the pipeline thread; the work itself runs on
/// others and may not touch PowerShell. No more is started, or waits to be taken, than the pipeline thread has let in.
/// </summary>
internal sealed class OrderedWork<T> : IDisposable
{
    /// <summary>Enough that the cores have something to do while the first one's result is awaited.</summary>
    private static readonly int Most = 8 * Environment.ProcessorCount;

    private readonly Queue<Task<T>> _tasks = new();
    private readonly CancellationTokenSource _stop = new();

    public bool IsEmpty => _tasks.Count == 0;

    public bool IsFull => _tasks.Count >= Most;

    /// <summary>Whether <see cref="Take"/> would return at once.</summary>
    public bool IsReady => _tasks.Count > 0 && _tasks.Peek().IsCompleted;

    public void Start(Func<T> work) => _tasks.Enqueue(Task.Run(work, _stop.Token));

    /// <summary>The next result; what the work threw is thrown here.</summary>
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

    /// <summary>Starts nothing more and awaits nothing more. Any thread may call it.</summary>
    public void Stop() => _stop.Cancel();

    public void Dispose() => Stop();
}
