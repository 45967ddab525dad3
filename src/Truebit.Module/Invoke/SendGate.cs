using System.Collections.Concurrent;
using System.Diagnostics;
using Truebit.Client;
using Truebit.Pump;

namespace Truebit.Invoke;

/// <summary>
/// The one place that decides whether a run may send another row: its budget is used up, the payer's wallet is empty (402), the key has no
/// right to the row's namespace, or the command has to end (a key that is good for nothing, a journal that cannot be written). Pipeline thread,
/// except for <see cref="CloseOn"/> and <see cref="Accepted"/>.
/// </summary>
internal sealed class SendGate
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly ExecutionPump _pump;
    private readonly int? _maxSubmissions;
    private readonly int _earlierSubmissions;
    private readonly TimeSpan? _timeBudget;
    private readonly ConcurrentDictionary<string, bool> _acceptedNamespaces = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, bool> _refusedNamespaces = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<Exception, bool> _ofNamespace = new();
    private volatile bool _isClosedByRow;
    private bool _isTimeUp;
    private int _submissions;
    private string? _walletIsEmpty;
    private ExecutionEnd? _fatal;

    /// <summary>Creates an open gate. The time budget starts now.</summary>
    /// <param name="pump">Is halted when nothing more may be sent.</param>
    /// <param name="maxSubmissions">How many rows may be submitted; null for all.</param>
    /// <param name="earlierSubmissions">How many of them earlier runs have submitted.</param>
    /// <param name="timeBudget">How long rows are submitted; null for ever.</param>
    public SendGate(ExecutionPump pump, int? maxSubmissions, int earlierSubmissions, TimeSpan? timeBudget)
    {
        _pump = pump;
        _maxSubmissions = maxSubmissions;
        _earlierSubmissions = earlierSubmissions;
        _timeBudget = timeBudget;
        if (timeBudget is TimeSpan time)
        {
            pump.HaltAfter(time);
        }
    }

    /// <summary>The run's journal: if a line cannot be written, the command ends.</summary>
    public Journal? Journal { get; init; }

    /// <summary>Estimates what the run costs; null where no price is known.</summary>
    public GasMeter? Gas { get; init; }

    /// <summary>Whether nothing more leaves, not even rows that were started.</summary>
    public bool IsClosed => _pump.Halted.IsCancellationRequested;

    /// <summary>How many rows failed like the one that ends the command.</summary>
    public int FatalRows { get; private set; }

    /// <summary>How many rows are left for the next run.</summary>
    public int Left { get; private set; }

    /// <summary>Why a row of this namespace is reported as not sent.</summary>
    public string WhyNotSent(string? ofNamespace) =>
        _walletIsEmpty ?? (IsRefused(ofNamespace) ? $"the hub refused the API key for the namespace '{ofNamespace}'" : "another row ended the command");

    /// <summary>Why rows are left for the next run; null if none is.</summary>
    public string? WhyLeft =>
        _earlierSubmissions + _submissions >= _maxSubmissions
            ? $"-MaxSubmissions {_maxSubmissions} was reached{(_earlierSubmissions > 0 ? $", {_earlierSubmissions} of them in earlier runs" : "")}"
        : _isTimeUp || _clock.Elapsed >= _timeBudget ? $"-TimeBudget {_timeBudget} was used up"
        : Gas?.WhyReached;

    /// <summary>Whether another row may be sent.</summary>
    public RowVerdict Ask(string ofNamespace) =>
        _walletIsEmpty is not null || IsRefused(ofNamespace) ? RowVerdict.NotSent : WhyLeft is not null ? Leave() : RowVerdict.Usual;

    public void CountSubmission() => _submissions++;

    /// <summary>What a row's failure means for the row and for the run.</summary>
    public RowVerdict Judge(ExecutionEnd end)
    {
        switch (end.Error)
        {
            case HubException when _ofNamespace.TryRemove(end.Error, out _):
                return RowVerdict.Usual;
            case HubException { Code: HubErrorCode.AuthenticationFailed } or JournalException:
                FatalRows++;
                _fatal ??= end;
                return RowVerdict.EndsCommand;
            case HubException { Code: HubErrorCode.PaymentRequired }:
                _walletIsEmpty ??= $"the payer of the key could not cover {(end.Row.Number is int row ? $"row {row}" : "the task")} (402)";
                return RowVerdict.Usual;
            case OperationCanceledException when _walletIsEmpty is not null || _fatal is not null:
                return RowVerdict.NotSent;
            case OperationCanceledException when _timeBudget is not null && !_isClosedByRow:
                _isTimeUp = true;
                return Leave();
            default:
                return RowVerdict.Usual;
        }
    }

    /// <summary>Ends the command for a reason that no row has.</summary>
    public void End(Exception error, object? target)
    {
        _fatal ??= new ExecutionEnd(new RowRef(target), null, error);
        _pump.Halt();
    }

    /// <summary>What ends the command; null if nothing does.</summary>
    public ExecutionEnd? FindFatal()
    {
        // The lost line may be about a row that has its result, perhaps the last one: then no row has failed with it.
        if (_fatal is null && Journal?.Failure is JournalException failure)
        {
            End(failure, Journal.Path);
        }

        return _fatal;
    }

    /// <summary>The hub has accepted a row of this namespace, so the key is good for it. Workers call it.</summary>
    public void Accepted(string ofNamespace) => _acceptedNamespaces.TryAdd(ofNamespace, true);

    /// <summary>Closes the gate on an error that ends the run. Workers call it: the pipeline thread may be busy with a result downstream.</summary>
    /// <param name="error">What went wrong with a row.</param>
    /// <param name="ofNamespace">
    /// The row's namespace: a key that is good for another one, and never was for this one, is refused for this one only (truebit-api.md 6).
    /// </param>
    public void CloseOn(Exception error, string ofNamespace)
    {
        if (error is HubException { Code: HubErrorCode.AuthenticationFailed } && !_acceptedNamespaces.IsEmpty && !_acceptedNamespaces.ContainsKey(ofNamespace))
        {
            _ofNamespace[error] = true;
            _refusedNamespaces[ofNamespace] = true;
        }
        else if (error is HubException { Code: HubErrorCode.AuthenticationFailed or HubErrorCode.PaymentRequired } or JournalException)
        {
            _isClosedByRow = true;
            _pump.Halt();
        }
    }

    private bool IsRefused(string? ofNamespace) => ofNamespace is not null && _refusedNamespaces.ContainsKey(ofNamespace);

    private RowVerdict Leave()
    {
        Left++;
        return RowVerdict.Left;
    }
}
