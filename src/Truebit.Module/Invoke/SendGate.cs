using System.Diagnostics;
using Truebit.Client;

namespace Truebit.Bulk;

/// <summary>What a row's failure, or the state of the run, means for the row.</summary>
internal enum RowVerdict
{
    /// <summary>It may be sent; or its error is its own.</summary>
    Usual,

    /// <summary>It is reported as not sent.</summary>
    NotSent,

    /// <summary>It is left for the next run, and counted.</summary>
    Left,

    /// <summary>It ends the command, which says why.</summary>
    EndsCommand,
}

/// <summary>
/// Decides whether a run may send another row: its budget is used up, the payer's wallet is empty (402), or the command has to end
/// (401, a journal that cannot be written). Pipeline thread, except for <see cref="CloseOn"/>.
/// </summary>
internal sealed class SendGate
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly ExecutionPump _pump;
    private readonly int? _maxSubmissions;
    private readonly TimeSpan? _timeBudget;
    private volatile bool _isClosedByRow;
    private bool _isTimeUp;
    private int _submissions;
    private string? _walletIsEmpty;

    /// <summary>A gate that is open; the time budget runs from now on.</summary>
    public SendGate(ExecutionPump pump, int? maxSubmissions, TimeSpan? timeBudget)
    {
        _pump = pump;
        _maxSubmissions = maxSubmissions;
        _timeBudget = timeBudget;
        if (timeBudget is TimeSpan time)
        {
            pump.HaltAfter(time);
        }
    }

    /// <summary>What ends the command; null while nothing does.</summary>
    public ExecutionEnd? Fatal { get; private set; }

    /// <summary>How many rows ended like <see cref="Fatal"/>.</summary>
    public int FatalRows { get; private set; }

    /// <summary>Rows that are left for the next run.</summary>
    public int Left { get; private set; }

    /// <summary>Why rows are reported as not sent.</summary>
    public string WhyNotSent => _walletIsEmpty ?? "the command was ended by another row";

    /// <summary>Why rows are left for the next run; null while none is.</summary>
    public string? WhyLeft =>
        _submissions >= _maxSubmissions ? $"-MaxSubmissions {_maxSubmissions} was reached"
        : _isTimeUp || _clock.Elapsed >= _timeBudget ? $"-TimeBudget {_timeBudget} was used up"
        : null;

    /// <summary>Whether another row may be sent.</summary>
    public RowVerdict Ask() => _walletIsEmpty is not null ? RowVerdict.NotSent : WhyLeft is not null ? Leave() : RowVerdict.Usual;

    /// <summary>Counts a row that is sent.</summary>
    public void Pass() => _submissions++;

    /// <summary>What a row's failure means.</summary>
    public RowVerdict Judge(ExecutionEnd end)
    {
        switch (end.Error)
        {
            case HubException { Code: HubErrorCode.AuthenticationFailed } or JournalException:
                FatalRows++;
                Fatal ??= end;
                return RowVerdict.EndsCommand;
            case HubException { Code: HubErrorCode.PaymentRequired }:
                _walletIsEmpty ??= $"the payer of the key could not cover {(end.Number is int row ? $"row {row}" : "the task")} (402)";
                return RowVerdict.Usual;
            case OperationCanceledException when _walletIsEmpty is not null || Fatal is not null:
                return RowVerdict.NotSent;
            case OperationCanceledException when _timeBudget is not null && !_isClosedByRow:
                _isTimeUp = true;
                return Leave();
            default:
                return RowVerdict.Usual;
        }
    }

    /// <summary>Ends the command for a reason that is no row's.</summary>
    public void End(Exception error, object? target)
    {
        Fatal ??= new ExecutionEnd(null, target, null, error);
        _pump.Halt();
    }

    /// <summary>Lets nothing more out after such an error. Workers call it: the pipeline thread may be busy with a result downstream.</summary>
    public void CloseOn(Exception error)
    {
        if (error is HubException { Code: HubErrorCode.AuthenticationFailed or HubErrorCode.PaymentRequired } or JournalException)
        {
            _isClosedByRow = true;
            _pump.Halt();
        }
    }

    private RowVerdict Leave()
    {
        Left++;
        return RowVerdict.Left;
    }
}
