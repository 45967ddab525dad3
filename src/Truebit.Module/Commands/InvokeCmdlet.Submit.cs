using System.Management.Automation;
using Truebit.Bulk;
using Truebit.Client;

namespace Truebit.Commands;

/// <content>How an identified row is submitted, awaited and written, and what ends the command.</content>
public abstract partial class InvokeCmdlet
{
    /// <summary>Does what the journal says is to be done with the row.</summary>
    private void Dispatch(IdentifiedRow row)
    {
        object target = TargetOf(row);
        RowSubmission submission = new(row, Hub, HubKey, State.Submitted, _journal);
        switch (_journal?.Decide(row.Earlier) ?? RowAction.Send)
        {
            case RowAction.Replay:
                submission.Recall(row.Earlier!);
                State.Submitted.Finished(row.Earlier!.ExecutionId!, null);
                Tally.Replayed++;
                Write(Result(_journal!.Replay(row.Earlier), submission, row));
                break;
            case RowAction.Follow:
                if (ShouldProcess(row.Row.Target, $"Ask for execution {row.Earlier!.ExecutionId}"))
                {
                    submission.Recall(row.Earlier);
                    Submit(row.Number, target, () => FollowAsync(row, submission));
                }

                break;
            case RowAction.Report:
                Fail(Errors.StillUnknown(row.Earlier!, target, row.Number));
                break;
            case RowAction.Skip:
                Tally.NotSent++;
                break;
            default:
                Send(row, submission);
                break;
        }
    }

    private static object TargetOf(IdentifiedRow row) => (object?)row.Row.Row ?? row.Row.Target;

    private void Send(IdentifiedRow row, RowSubmission submission)
    {
        if (_heldBack is not null)
        {
            Fail(Errors.NotSent(_heldBack, TargetOf(row), row.Number));
        }
        else if (_budget.Exhausted is not null)
        {
            LeaveForNextRun();
        }
        else if (ShouldProcess(row.Row.Target, ActionName))
        {
            _budget.Spend();
            if (_checkpoint is null)
            {
                Start(submission);
                return;
            }

            _ready.Add(submission);
            if (_ready.Count >= Limit)
            {
                SendReady();
            }
        }
    }

    private void Start(RowSubmission submission)
    {
        Tally.Submitted++;
        Submit(submission.Row.Number, TargetOf(submission.Row), () => RunAsync(submission.Row, submission));
    }

    private async Task<TruebitExecution> RunAsync(IdentifiedRow row, RowSubmission submission)
    {
        try
        {
            return Result(
                await Runner.RunAsync(row.Row.Request, row.Row.Mode, Timeout, submission, Pump.Halted, Pump.Stopped).ConfigureAwait(false), submission, row);
        }
        catch (Exception e)
        {
            submission.Withdraw();
            if (EndsSubmitting(e))
            {
                // At once, and not when the pipeline thread gets to it: it may be busy with a result downstream.
                _endedByRow = true;
                Pump.Halt();
            }

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
        new(execution, submission.Submitted, row.Row.Row);

    /// <summary>A refused key or a failed journal ends the command, once the results that were paid for are written.</summary>
    private void EndIfFatal()
    {
        // A line that is missing after the fact, perhaps the last row's, was no failure of that row.
        ExecutionEnd? fatal = _fatal ?? (_journal?.Failure is JournalException failure ? new ExecutionEnd(null, Journal, null, failure) : null);
        if (fatal is null)
        {
            return;
        }

        _fatal = fatal;
        SendReady();
        Drain();
        Keep(() => _checkpoint?.KeepChanges());
        ErrorRecord error = Errors.Record(fatal.Error!, fatal.Target, fatal.Number);
        string count = _refused > 1 ? $" {_refused} rows ended like this." : "";
        ThrowTerminatingError(Errors.Record(
            new ErrorException(((ErrorException)error.Exception).ErrorId, error.CategoryInfo.Category, $"{error.Exception.Message.TrimEnd('.')}.{count} Nothing more was sent."),
            fatal.Target));
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
            case OperationCanceledException when TimeBudget is not null && !_endedByRow:
                _budget.EndTime();
                LeaveForNextRun();
                return true;
            default:
                return false;
        }
    }
}
