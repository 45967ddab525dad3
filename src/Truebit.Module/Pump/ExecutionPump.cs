using System.Collections.Concurrent;
using System.Diagnostics;
using System.Management.Automation;
using Truebit.Client;

namespace Truebit.Pump;

/// <summary>
/// Carries executions between the pipeline thread and the workers. The pipeline thread starts them and takes their ends one by one; a
/// worker only does HTTP and hands over its result. So PowerShell is called on its own thread only, and no more is in flight, or waits to
/// be written, than the pipeline thread has started.
/// </summary>
internal sealed class ExecutionPump : IHubLog, IDisposable
{
    /// <summary>How long an early end waits for the ids of requests on the wire.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(600);
    private static readonly TimeSpan ProgressTick = TimeSpan.FromMilliseconds(250);

    private readonly BlockingCollection<object> _events = [];
    private readonly CancellationTokenSource _halt = new();
    private readonly CancellationTokenSource _stop = new();
    private IDisposable? _last;
    private bool _isDisposed;

    /// <summary>The workers, plus one for this object until it is disposed of.</summary>
    private int _users = 1;

    /// <summary>How many were started whose end was not taken. Pipeline thread only.</summary>
    public int Running { get; private set; }

    /// <summary>How many results had come when the command was ended early, and were not taken.</summary>
    public int Untaken { get; private set; }

    /// <summary>Cancelled when nothing more may be sent.</summary>
    public CancellationToken Halted => _halt.Token;

    /// <summary>Cancelled when nothing is awaited any more.</summary>
    public CancellationToken Stopped => _stop.Token;

    /// <param name="row">What it is about.</param>
    /// <param name="run">The work; it may end with an exception.</param>
    public void Start<T>(RowRef row, Func<Task<T>> run)
        where T : class
    {
        Running++;
        Interlocked.Increment(ref _users);

        // Not on the pipeline thread: sending a request costs more than taking the next row.
        _ = Task.Run(() => WorkAsync(row, run));
    }

    /// <summary>Waits for the next end. Messages that workers wrote before it go to <paramref name="cmdlet"/>.</summary>
    /// <param name="cmdlet">Writes warnings and verbose messages.</param>
    /// <param name="tick">Called several times a second while nothing happens.</param>
    /// <exception cref="PipelineStoppedException">The pipeline was stopped meanwhile.</exception>
    public ExecutionEnd Take(Cmdlet cmdlet, Action tick)
    {
        while (true)
        {
            bool hasCome;
            object? next;
            try
            {
                hasCome = _events.TryTake(out next, (int)ProgressTick.TotalMilliseconds, _stop.Token);
            }
            catch (OperationCanceledException)
            {
                throw new PipelineStoppedException();
            }

            if (!hasCome)
            {
                tick();
            }
            else if (IsEnd(next!, cmdlet, out ExecutionEnd end))
            {
                return end;
            }
        }
    }

    /// <summary>Takes the next end, if there is one.</summary>
    public bool TryTake(Cmdlet cmdlet, out ExecutionEnd end)
    {
        while (_events.TryTake(out object? next))
        {
            if (IsEnd(next, cmdlet, out end))
            {
                return true;
            }
        }

        end = default!;
        return false;
    }

    /// <summary>Disposes of <paramref name="last"/> when the last worker has ended, however long that takes.</summary>
    public void DisposeWhenIdle(IDisposable last) => _last = last;

    /// <summary>Sends nothing more; accepted executions are still awaited.</summary>
    public void Halt() => _halt.Cancel();

    /// <summary>Sends nothing more after this time, not even rows that were started.</summary>
    public void HaltAfter(TimeSpan time)
    {
        // A timer's longest time, about 24 days; no command lives that long.
        if (time.TotalMilliseconds < int.MaxValue)
        {
            _halt.CancelAfter(time);
        }
    }

    /// <summary>Sends nothing more and awaits nothing more. Any thread may call it.</summary>
    public void Stop()
    {
        _halt.Cancel();
        _stop.Cancel();
    }

    /// <summary>
    /// Stops, and gives requests on the wire a moment to get their ids. Slower ones continue in the background until their own timeout,
    /// and their ids still reach the session.
    /// </summary>
    public void Dispose()
    {
        Stop();
        Stopwatch waited = Stopwatch.StartNew();
        while (Running > 0 && Grace - waited.Elapsed is TimeSpan left && left > TimeSpan.Zero && _events.TryTake(out object? next, left))
        {
            Running -= next is ExecutionEnd ? 1 : 0;
            Untaken += next is ExecutionEnd { Result: not null } ? 1 : 0;
        }

        if (!_isDisposed)
        {
            _isDisposed = true;
            Release();
        }
    }

    public void Warning(string message) => Enqueue(cmdlet => cmdlet.WriteWarning(message));

    public void Verbose(string message) => Enqueue(cmdlet => cmdlet.WriteVerbose(message));

    private void Enqueue(Action<Cmdlet> message) => _events.Add(message);

    /// <summary>Whether the event is an end. Otherwise it is a message, which is written.</summary>
    private bool IsEnd(object next, Cmdlet cmdlet, out ExecutionEnd end)
    {
        end = (next as ExecutionEnd)!;
        if (end is null)
        {
            ((Action<Cmdlet>)next)(cmdlet);
            return false;
        }

        Running--;
        return true;
    }

    private async Task WorkAsync<T>(RowRef row, Func<Task<T>> run)
        where T : class
    {
        T? result = null;
        Exception? error = null;
        try
        {
            result = await run().ConfigureAwait(false);
        }
        catch (Exception e)
        {
            // It belongs to this row; the pipeline thread reports it.
            error = e;
        }

        // First: when the last end is taken, nothing may be in use any more.
        Release();
        _events.Add(new ExecutionEnd(row, result, error));
    }

    private void Release()
    {
        if (Interlocked.Decrement(ref _users) == 0)
        {
            _last?.Dispose();
        }
    }
}
