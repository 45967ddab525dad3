using System.Collections.Concurrent;
using System.Management.Automation;
using Truebit.Client;

namespace Truebit;

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
    private readonly ConcurrentDictionary<Task, bool> _workers = new();

    private IDisposable? _last;

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
    public void Start(int? number, object? target, Func<Task<TruebitExecution>> run)
    {
        Running++;

        // Not on the pipeline thread: building a request costs more than taking the next row does.
        Task worker = Task.Run(() => WorkAsync(number, target, run));
        _workers.TryAdd(worker, true);
        worker.ContinueWith(ended => _workers.TryRemove(ended, out _), TaskContinuationOptions.ExecuteSynchronously);
    }

    /// <summary>Waits for the next end; what workers have to say before it goes to <paramref name="cmdlet"/>.</summary>
    /// <exception cref="PipelineStoppedException">The pipeline was stopped meanwhile.</exception>
    public ExecutionEnd Take(Cmdlet cmdlet, Action tick)
    {
        while (true)
        {
            try
            {
                if (!_events.TryTake(out object? next, (int)ProgressTick.TotalMilliseconds, Stopped))
                {
                    tick();
                }
                else if (Tell(cmdlet, next) is ExecutionEnd end)
                {
                    return end;
                }
            }
            catch (OperationCanceledException)
            {
                throw new PipelineStoppedException();
            }
        }
    }

    /// <summary>The next end, if one is there already.</summary>
    public bool TryTake(Cmdlet cmdlet, out ExecutionEnd end)
    {
        while (_events.TryTake(out object? next))
        {
            if (Tell(cmdlet, next) is ExecutionEnd found)
            {
                end = found;
                return true;
            }
        }

        end = default!;
        return false;
    }

    /// <summary>What to dispose of when the last worker has ended, however long that takes.</summary>
    public void DisposeLast(IDisposable last) => _last = last;

    /// <summary>Sends nothing more; what was accepted is awaited.</summary>
    public void Halt() => _halt.Cancel();

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
        Task ended = Task.WhenAll(_workers.Keys);
        ended.Wait(Grace);
        if (_last is IDisposable last)
        {
            ended.ContinueWith(_ => last.Dispose(), TaskContinuationOptions.ExecuteSynchronously);
        }
    }

    /// <inheritdoc/>
    public void Warning(string message) => _events.Add(new WarningRecord(message));

    /// <inheritdoc/>
    public void Verbose(string message) => _events.Add(new VerboseRecord(message));

    private async Task WorkAsync(int? number, object? target, Func<Task<TruebitExecution>> run)
    {
        TruebitExecution? result = null;
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

        _events.Add(new ExecutionEnd(number, target, result, error));
    }

    private ExecutionEnd? Tell(Cmdlet cmdlet, object next)
    {
        switch (next)
        {
            case WarningRecord warning:
                cmdlet.WriteWarning(warning.Message);
                return null;
            case VerboseRecord verbose:
                cmdlet.WriteVerbose(verbose.Message);
                return null;
            default:
                Running--;
                return (ExecutionEnd)next;
        }
    }
}

/// <summary>How an execution ended here: with a result, or with what went wrong.</summary>
internal sealed record ExecutionEnd(int? Number, object? Target, TruebitExecution? Result, Exception? Error);
