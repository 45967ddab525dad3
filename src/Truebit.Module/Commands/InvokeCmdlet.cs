using System.Management.Automation;
using Truebit.Bulk;
using Truebit.Client;
using Truebit.Json;
using Truebit.Rows;

namespace Truebit.Commands;

/// <summary>
/// Executes tasks, a row each: bind, check, submit, await, write. What a row says is for the derived cmdlets; how it gets
/// through safely, and how a run is limited, recorded and gone on with, is here.
/// </summary>
public abstract class InvokeCmdlet : HubCmdlet
{
    private const uint ShortestUsual = 1000;

    private RunBudget _budget = null!;
    private RowIdentifier? _identifier;
    private RunJournal? _journal;
    private bool _hasWarnedOfTime;
    private ExecutionEnd? _fatal;
    private int _refused;
    private string? _heldBack;
    private readonly List<IdentifiedRow> _held = [];
    private int _rows;
    private int _invalid;
    private int _left;

    /// <summary>A row from the pipeline.</summary>
    [Parameter(ValueFromPipeline = true, DontShow = true)]
    public PSObject? Row { get; set; }

    /// <summary>Writes the running execution as soon as the hub has accepted it.</summary>
    [Parameter]
    public SwitchParameter Async { get; set; }

    /// <summary>Asks the hub to hold the answer for up to 60 seconds, one round trip for a quick task.</summary>
    [Parameter]
    public SwitchParameter Sync { get; set; }

    /// <summary>How long to wait for a result after the hub has accepted the task; a number is seconds. 15 minutes unless given.</summary>
    [Parameter]
    [SecondsTransformation]
    public TimeSpan Timeout { get; set; } = DefaultTimeout;

    /// <summary>The most executions that are submitted and not finished.</summary>
    [Parameter]
    [ValidateRange(1, 10_000)]
    public int ThrottleLimit { get; set; } = 16;

    /// <summary>A file that makes the run restartable: the same command with the same journal sends only what was never sent.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Journal { get; set; }

    /// <summary>The column by which a row is recognised in another run; by its request and its place among identical rows unless given.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Key { get; set; }

    /// <summary>What to do with rows that an earlier run had on the wire when it ended.</summary>
    [Parameter]
    public UnknownAction OnUnknown { get; set; }

    /// <summary>The most rows to submit; the others are left for another run.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int? MaxSubmissions { get; set; }

    /// <summary>When to stop submitting, from the start of the command; a number is seconds. What is out is awaited.</summary>
    [Parameter]
    [SecondsTransformation]
    public TimeSpan? TimeBudget { get; set; }

    /// <inheritdoc/>
    private protected override bool NeedsKey => true;

    /// <inheritdoc/>
    private protected override int Limit => ThrottleLimit;

    /// <summary>What the command line says of when an execution counts as done; null leaves it to the row.</summary>
    private protected SubmitMode? GivenMode => Async ? SubmitMode.Async : Sync ? SubmitMode.Sync : null;

    /// <summary>What is done, for -WhatIf and -Confirm.</summary>
    private protected abstract string ActionName { get; }

    /// <summary>Whether it matters who a row is in other runs.</summary>
    private protected virtual bool NeedsIdentity => Journal is not null;

    /// <summary>Whether no row is sent before all are checked.</summary>
    private protected virtual bool HoldsRows => false;

    /// <summary>Makes a request of the command line and the row.</summary>
    /// <exception cref="FieldException">The row cannot be sent.</exception>
    private protected abstract BoundRow Bind(PSObject? row);

    /// <summary>The row as it is sent, when it is known who it is.</summary>
    /// <exception cref="FieldException">The row cannot be sent.</exception>
    private protected virtual BoundRow WithIdentity(BoundRow row, RowIdentity identity) => row;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _ = Must(() => Async && Sync ? throw new FieldException("Sync", "-Async and -Sync exclude each other") : true);
        _ = Must(() => Key is not null && !NeedsIdentity
            ? throw new FieldException("Key", "-Key says by what rows are recognised, and is for commands that must, such as those with -Journal") : true);
        _budget = new RunBudget(MaxSubmissions, TimeBudget);
        if (TimeBudget is TimeSpan time)
        {
            Pump.HaltAfter(time);
        }

        _identifier = NeedsIdentity ? new RowIdentifier(Key) : null;
        if (Journal is not null)
        {
            Journal file = Must(() => Client.Journal.Open(GetUnresolvedProviderPathFromPSPath(Journal)), Journal);
            Pump.DisposeLast(file);
            _journal = new RunJournal(file, OnUnknown);
        }
    }

    /// <summary>The way of a row; its end is written here or while later rows come.</summary>
    protected override void ProcessRecord()
    {
        _rows++;

        // A number is worth telling only where there are rows.
        int? number = MyInvocation.ExpectingInput ? _rows : null;
        Try(Row, number, () =>
        {
            IdentifiedRow row = Identify(CheckedBind(), number);
            if (HoldsRows)
            {
                _held.Add(row);
            }
            else
            {
                Dispatch(row, number);
            }
        });
    }

    /// <summary>Does a part of a row's way; what goes wrong in it is that row's error.</summary>
    private void Try(PSObject? row, int? number, Action part)
    {
        try
        {
            part();
        }
        catch (Exception e) when (e is FieldException or ErrorException or JournalException)
        {
            _invalid++;
            Fail(Errors.Record(e, row, number));
        }

        EndIfFatal();
    }

    /// <summary>Sends the rows that were held back until all are checked, or none of them.</summary>
    private void SendHeld()
    {
        if (HoldsRows && _invalid > 0)
        {
            ThrowTerminatingError(Errors.NotSent($"{_invalid} of {_rows} rows are not valid, so none was sent", target: null, number: null));
        }

        foreach (IdentifiedRow row in _held)
        {
            Try(row.Row.Row, row.Number, () => Dispatch(row, row.Number));
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        SendHeld();
        base.EndProcessing();
        EndIfFatal();
        if (_left > 0)
        {
            string next = Journal is null ? "" : " The same command with the same journal goes on with them.";
            WriteWarning($"Rows not sent: {_left}, because {_budget.Exhausted}.{next}");
        }

        if (_rows > 1)
        {
            WriteInformation($"{MyInvocation.MyCommand.Name}: {Tally}.", ["Truebit", "Summary"]);
        }
    }

    /// <inheritdoc/>
    private protected override bool Handle(ExecutionEnd end)
    {
        switch (end.Error)
        {
            case HubException { Code: HubErrorCode.AuthenticationFailed } or JournalException:
                _refused++;
                _fatal ??= end;
                return true;
            case HubException { Code: HubErrorCode.PaymentRequired }:
                _heldBack ??= $"the payer of the key could not cover {(end.Number is int row ? $"row {row}" : "the task")} (402)";
                return false;
            case OperationCanceledException when _heldBack is not null || _fatal is not null:
                Fail(Errors.NotSent(_heldBack ?? "the command was ended by another row", end.Target, end.Number));
                return true;
            case OperationCanceledException when TimeBudget is not null:
                LeaveForNextRun();
                return true;
            default:
                return false;
        }
    }

    private BoundRow CheckedBind()
    {
        if (Row is null && MyInvocation.ExpectingInput)
        {
            throw new FieldException("row", "it is null, and executing a task for nothing would cost money");
        }

        BoundRow row = Bind(Row);
        if (row.Problems.Count > 0)
        {
            throw TaskProblems.ToException(row.Problems);
        }

        if (row.Request.ExecutionTimeout < ShortestUsual && !_hasWarnedOfTime)
        {
            _hasWarnedOfTime = true;
            WriteWarning($"ExecutionTimeout is {row.Request.ExecutionTimeout}: by all evidence the hub counts milliseconds.");
        }

        return row;
    }

    private IdentifiedRow Identify(BoundRow row, int? number)
    {
        if (_identifier is null)
        {
            return new IdentifiedRow(row, number, default, null, null, null);
        }

        (RowIdentity identity, string? key) = _identifier.Identify(row);
        (string? rowId, JournalEntry? earlier) = _journal?.Find(row, identity, key) ?? default;
        return new IdentifiedRow(WithIdentity(row, identity), number, identity, key, rowId, earlier);
    }

    private void Dispatch(IdentifiedRow row, int? number)
    {
        object target = (object?)row.Row.Row ?? row.Row.Target;
        RowSubmission submission = new(row, Hub, State.Submitted, _journal);
        switch (_journal?.Decide(row.Earlier) ?? RowAction.Send)
        {
            case RowAction.Replay:
                submission.Recall(row.Earlier!);
                State.Submitted.Finished(row.Earlier!.ExecutionId!);
                Tally.Replayed++;
                Write(Result(_journal!.Replay(row.Earlier), submission, row));
                break;
            case RowAction.Follow:
                if (ShouldProcess(row.Row.Target, $"Ask for execution {row.Earlier!.ExecutionId}"))
                {
                    submission.Recall(row.Earlier);
                    Submit(number, target, () => FollowAsync(row, submission));
                }

                break;
            case RowAction.Report:
                Fail(Errors.StillUnknown(row.Earlier!, target, number));
                break;
            case RowAction.Skip:
                Tally.NotSent++;
                break;
            default:
                Send(row, submission, target);
                break;
        }
    }

    private void Send(IdentifiedRow row, RowSubmission submission, object target)
    {
        if (_heldBack is not null)
        {
            Fail(Errors.NotSent(_heldBack, target, row.Number));
        }
        else if (_budget.Exhausted is not null)
        {
            LeaveForNextRun();
        }
        else if (ShouldProcess(row.Row.Target, ActionName))
        {
            _budget.Spend();
            Tally.Submitted++;
            Submit(row.Number, target, () => RunAsync(row, submission));
        }
    }

    private async Task<TruebitExecution> RunAsync(IdentifiedRow row, RowSubmission submission)
    {
        try
        {
            return Result(
                await Runner.RunAsync(row.Row.Request, row.Row.Mode, Timeout, submission, Pump.Halted, Pump.Stopped).ConfigureAwait(false), submission, row);
        }
        catch (Exception e) when (EndsSubmitting(e))
        {
            // At once, and not when the pipeline thread gets to it: it may be busy with a result downstream.
            Pump.Halt();
            throw;
        }
    }

    /// <summary>After 401, after 402 and without a journal that can be written, nothing more is sent.</summary>
    private static bool EndsSubmitting(Exception error) =>
        error is HubException { Code: HubErrorCode.AuthenticationFailed or HubErrorCode.PaymentRequired } or JournalException;

    private void LeaveForNextRun()
    {
        _left++;
        Tally.NotSent++;
    }

    /// <summary>Goes on with what an earlier run has submitted.</summary>
    private async Task<TruebitExecution> FollowAsync(IdentifiedRow row, RowSubmission submission)
    {
        JournalEntry earlier = row.Earlier!;
        HubExecution execution = await Runner.GetAsync(
            earlier.Kind, earlier.ExecutionId!, untilFinished: row.Row.Mode != SubmitMode.Async, Timeout, Pump.Stopped).ConfigureAwait(false);
        if (execution.IsFinished)
        {
            submission.Finished(execution);
        }

        return Result(execution, submission, row);
    }

    private static TruebitExecution Result(HubExecution execution, RowSubmission submission, IdentifiedRow row) =>
        new(execution, submission.Submitted, row.Earlier?.State == JournalState.Finished ? row.Earlier.At : DateTime.UtcNow, row.Row.Row);

    /// <summary>A refused key or a failed journal ends the command, once the results that were paid for are written.</summary>
    private void EndIfFatal()
    {
        if (_fatal is null)
        {
            return;
        }

        Drain();
        ErrorRecord error = Errors.Record(_fatal.Error!, _fatal.Target, _fatal.Number);
        string count = _refused > 1 ? $" {_refused} rows ended like this." : "";
        ThrowTerminatingError(Errors.Record(
            new ErrorException(((ErrorException)error.Exception).ErrorId, error.CategoryInfo.Category, $"{error.Exception.Message}{count} Nothing more was sent."),
            _fatal.Target));
    }
}
