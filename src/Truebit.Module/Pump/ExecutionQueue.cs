using System.Diagnostics;
using System.Management.Automation;
using Truebit.Follow;
using Truebit.Invoke;
using Truebit.Session;

namespace Truebit.Pump;

/// <summary>
/// Starts executions, up to a limit at a time, and writes their results and errors, the count of both, and the progress. Pipeline thread only.
/// </summary>
internal sealed class ExecutionQueue(PSCmdlet cmdlet, HubConnection hub, int limit)
{
    /// <summary>If the next row takes longer than this to arrive, the input is the bottleneck, not the hub.</summary>
    private static readonly TimeSpan SlowInput = TimeSpan.FromMilliseconds(10);

    private readonly Stopwatch _sinceSubmit = new();
    private readonly ExecutionPump _pump = hub.Pump;
    private readonly RunProgress _progress = new(cmdlet, () => hub.Runner.PauseLeft);

    /// <summary>What has become of the rows so far.</summary>
    public RunTally Tally { get; init; } = new();

    /// <summary>How many rows there will be, for the progress; null if that is not known.</summary>
    public int? Total
    {
        set => _progress.Total = value;
    }

    /// <summary>Makes flat rows of results and errors, for -AsRow; null without it.</summary>
    public ResultRows? Rows { get; init; }

    /// <summary>Returns true for a failure that it has dealt with, whose error is then not written.</summary>
    public Func<ExecutionEnd, bool> TryHandleFailure { get; init; } = static _ => false;

    /// <summary>Called after each end, and several times a second while nothing ends.</summary>
    public Action OnTick { get; init; } = static () => { };

    /// <summary>
    /// Starts an execution; returns when there is room for the next one. At the limit, one end is written for each execution that is
    /// started: when many end at once, the hub need not wait until all are written. If the input is slow, all that has ended is written.
    /// </summary>
    public void Submit<T>(RowRef row, Func<Task<T>> run)
        where T : class
    {
        bool isSlow = _sinceSubmit.Elapsed > SlowInput;
        _pump.Start(row, run);
        while ((isSlow || _pump.Running < limit) && _pump.TryTake(cmdlet, out ExecutionEnd end))
        {
            Finish(end);
        }

        while (_pump.Running >= limit)
        {
            Finish(_pump.Take(cmdlet, Tick));
        }

        _sinceSubmit.Restart();
    }

    /// <summary>Waits for everything in flight and writes it.</summary>
    public void Drain()
    {
        while (_pump.Running > 0)
        {
            Finish(_pump.Take(cmdlet, Tick));
        }

        _progress.Complete();
    }

    public void Write(object result, bool isReplayed = false)
    {
        TruebitExecution? execution = result as TruebitExecution;
        if (execution is not null)
        {
            Tally.Count(execution, isReplayed);
        }

        cmdlet.WriteObject(Rows is not null && execution is not null ? Rows.From(execution) : result);
    }

    /// <summary>Writes the error of one row. With -AsRow it is data.</summary>
    public void Fail(ErrorRecord error)
    {
        Tally.Count(((ErrorException)error.Exception).ErrorId);
        if (Rows is null)
        {
            cmdlet.WriteError(error);
        }
        else
        {
            cmdlet.WriteObject(Rows.From(error));
        }
    }

    /// <summary>Writes what became of a row for which nothing was done, with -AsRow.</summary>
    public void Tell(RowRef row, string status, string why)
    {
        if (Rows is not null)
        {
            cmdlet.WriteObject(Rows.From(row, status, why));
        }
    }

    private void Finish(ExecutionEnd end)
    {
        if (end.Result is not null)
        {
            Write(end.Result);
        }
        else if (!TryHandleFailure(end))
        {
            Fail(Errors.ToErrorRecord(end.Error!, end.Row, hub.Runner.Texts));
        }

        Tick();
    }

    private void Tick()
    {
        _progress.Update(Tally, _pump.Running);
        OnTick();
    }
}
