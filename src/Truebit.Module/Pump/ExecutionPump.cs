using System.Collections.Concurrent;
using System.Diagnostics;
using System.Management.Automation;
using Truebit.Client;

namespace Truebit.Pump;

/// <summary>
/// Carries executions between the pipeline thread and the workers. The pipeline thread starts them and takes their
/// ends, one by one; a worker does nothing but HTTP and hands over what it has. So PowerShell is called from its own
/// thread only, and no more is in flight, or waits to be written, than the pipeline thread has let in.
/// </summary>
internal sealed class ExecutionPump : IHubLog, IDisposable
{
    /// <summary>How long an early end waits for the ids of requests that are on the wire.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(600);
    private static readonly TimeSpan ProgressTick = TimeSpan.FromMilliseconds(250);

    private readonly BlockingCollection<object> _events = [];
    private readonly CancellationTokenSource _halt = new();
    private readonly CancellationTokenSource _stop = new();
    private IDisposable? _last;
    private bool _isDisposed;

    /// <summary>The workers, and one for this object until it is disposed of.</summary>
    private int _users = 1;

    /// <summary>How many were started whose end was not taken yet. Pipeline thread only.</summary>
    public int Running { get; private set; }

    /// <summary>Cancelled when nothing more may be sent.</summary>
    public CancellationToken Halted => _halt.Token;

    /// <summary>Cancelled when nothing is awaited any more either.</summary>
    public CancellationToken Stopped => _stop.Token;

    /// <summary>Starts an execution.</summary>
    /// <param name="number">The row's place in the input, from 1; null where there are no rows.</param>
    /// <param name="target">What errors are about.</param>
    /// <param name="run">The work; it may end with an exception.</param>
    public void Start<T>(int? number, object? target, Func<Task<T>> run)
        where T : class
    {
        Running++;
        Interlocked.Increment(ref _users);

        // Not on the pipeline thread: sending a request costs more than taking the next row does.
        _ = Task.Run(() => WorkAsync(number, target, run));
    }

    /// <summary>Waits for the next end; what workers have to say before it goes to <paramref name="cmdlet"/>.</summary>
    /// <param name="cmdlet">Writes warnings and verbose messages.</param>
    /// <param name="tick">Called now and then while nothing happens.</param>
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

    /// <summary>The next end, if one is there already.</summary>
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

    /// <summary>What to dispose of when the last worker has ended, however long that takes.</summary>
    public void DisposeWhenIdle(IDisposable last) => _last = last;

    /// <summary>Sends nothing more; what was accepted is awaited.</summary>
    public void Halt() => _halt.Cancel();

    /// <summary>Sends nothing more from then on, not even what waits for its turn.</summary>
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
    /// Stops, and gives requests on the wire a moment to learn their ids. Those that take longer go on in the
    /// background: they end by their own time-out, and their ids still reach the session.
    /// </summary>
    public void Dispose()
    {
        Stop();
        Stopwatch waited = Stopwatch.StartNew();
        while (Running > 0 && Grace - waited.Elapsed is TimeSpan left && left > TimeSpan.Zero && _events.TryTake(out object? next, left))
        {
            Running -= next is ExecutionEnd ? 1 : 0;
        }

        if (!_isDisposed)
        {
            _isDisposed = true;
            Release();
        }
    }

    /// <inheritdoc/>
    public void Warning(string message) => Tell(cmdlet => cmdlet.WriteWarning(message));

    /// <inheritdoc/>
    public void Verbose(string message) => Tell(cmdlet => cmdlet.WriteVerbose(message));

    private void Tell(Action<Cmdlet> tell) => _events.Add(tell);

    /// <summary>Whether the event is an end; otherwise it is something to say, and is said.</summary>
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

    private async Task WorkAsync<T>(int? number, object? target, Func<Task<T>> run)
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
            // Whatever it is, it belongs to this row, and the pipeline thread reports it.
            error = e;
        }

        // First: who takes the last end may expect that nothing is in use any more.
        Release();
        _events.Add(new ExecutionEnd(number, target, result, error));
    }

    private void Release()
    {
        if (Interlocked.Decrement(ref _users) == 0)
        {
            _last?.Dispose();
        }
    }
}
