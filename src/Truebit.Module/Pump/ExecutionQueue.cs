using System.Diagnostics;
using System.Management.Automation;

namespace Truebit.Bulk;

/// <summary>
/// Lets executions in, up to a limit, and writes their ends: results, errors, the count of both, the progress bar. Pipeline thread only.
/// </summary>
internal sealed class ExecutionQueue(PSCmdlet cmdlet, ExecutionPump pump, int limit)
{
    /// <summary>Where the next row takes longer than this to come, the hub is not the bottleneck.</summary>
    private static readonly TimeSpan SlowInput = TimeSpan.FromMilliseconds(10);

    private readonly Stopwatch _sinceSubmit = new();
    private readonly RunProgress _progress = new(cmdlet);

    /// <summary>What has become of the rows so far.</summary>
    public RunTally Tally { get; } = new();

    /// <summary>Deals with a failure in another way than by writing its error; true when it has.</summary>
    public Func<ExecutionEnd, bool> Handle { get; init; } = static _ => false;

    /// <summary>Called after each end, and now and then while nothing ends.</summary>
    public Action OnTick { get; init; } = static () => { };

    /// <summary>
    /// Lets an execution in; returns when there is room for the next one. At the limit one end is written for each execution: where
    /// many end at once, the hub does not wait until all are written. Where input comes slowly, all that has ended is written.
    /// </summary>
    public void Submit<T>(int? number, object? target, Func<Task<T>> run)
        where T : class
    {
        bool isSlow = _sinceSubmit.Elapsed > SlowInput;
        pump.Start(number, target, run);
        while ((isSlow || pump.Running < limit) && pump.TryTake(cmdlet, out ExecutionEnd end))
        {
            Finish(end);
        }

        while (pump.Running >= limit)
        {
            Finish(pump.Take(cmdlet, Tick));
        }

        _sinceSubmit.Restart();
    }

    /// <summary>Waits for all that is in flight and writes it.</summary>
    public void Drain()
    {
        while (pump.Running > 0)
        {
            Finish(pump.Take(cmdlet, Tick));
        }

        _progress.Complete();
    }

    /// <summary>Writes a result.</summary>
    public void Write(object result)
    {
        Tally.Written++;
        cmdlet.WriteObject(result);
    }

    /// <summary>Writes the error of one row; the others go on.</summary>
    public void Fail(ErrorRecord error)
    {
        Tally.Count(((ErrorException)error.Exception).ErrorId);
        cmdlet.WriteError(error);
    }

    private void Finish(ExecutionEnd end)
    {
        if (end.Result is not null)
        {
            Write(end.Result);
        }
        else if (!Handle(end))
        {
            Fail(Errors.Record(end.Error!, end.Target, end.Number));
        }

        Tick();
    }

    private void Tick()
    {
        _progress.Update(Tally, pump.Running);
        OnTick();
    }
}
