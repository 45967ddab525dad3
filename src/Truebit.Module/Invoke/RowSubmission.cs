using Truebit.Client;
using Truebit.Session;

namespace Truebit.Invoke;

/// <summary>
/// One row's way to the hub, on a worker. Each step is recorded as it is taken, in the session's list and in the journal if there is one.
/// The pipeline thread calls only <see cref="Replay"/>, <see cref="RestoreFromJournal"/>, <see cref="Claim"/> and <see cref="Withdraw"/>.
/// </summary>
internal sealed class RowSubmission(RunRow row, HubConnection hub, RunJournal? journal, InFlight inFlight) : ISubmissionObserver
{
    private SubmittedExecution? _submitted;
    private DateTime _sentAt;
    private bool _isClaimed;
    private bool _isOnWire;

    /// <summary>Whether the journal has the execution's id from a line of its own.</summary>
    private bool _hasWrittenId;
    private SendGate? _gate;

    public RunRow Row => row;

    /// <summary>Sends the request and awaits its end.</summary>
    public async Task<TruebitExecution> RunAsync(TimeSpan timeout, SendGate gate)
    {
        _gate = gate;
        try
        {
            HubExecution execution = await hub.Runner.RunAsync(row.Request, row.Mode, timeout, this, hub.Pump.Halted, hub.Pump.Stopped).ConfigureAwait(false);
            inFlight.AddAccepted(-1);
            return Result(execution);
        }
        catch (Exception e)
        {
            Withdraw();
            gate.CloseOn(e, row.Request.Namespace);
            throw;
        }
    }

    /// <summary>Awaits what an earlier run has submitted.</summary>
    public async Task<TruebitExecution> FollowAsync(TimeSpan timeout)
    {
        JournalEntry earlier = row.Earlier!;
        inFlight.AddAccepted(1);
        _hasWrittenId = true;
        HubExecution execution = await hub.Runner.GetAsync(
            earlier.Kind, earlier.ExecutionId!, row.Request.Secrets, untilFinished: row.Mode != SubmitMode.Async, timeout, hub.Pump.Stopped).ConfigureAwait(false);
        if (execution.IsFinished)
        {
            Finished(execution);
        }

        inFlight.AddAccepted(-1);
        return Result(execution);
    }

    /// <summary>The result that an earlier run got.</summary>
    /// <exception cref="JournalException">The journal no longer has it.</exception>
    public TruebitExecution Replay()
    {
        RestoreFromJournal();
        hub.Submitted.Finished(row.Earlier!.ExecutionId!, null);
        return Result(journal!.Replay(row.Earlier));
    }

    /// <summary>Tells the session of an execution that an earlier run has submitted.</summary>
    public void RestoreFromJournal()
    {
        JournalEntry earlier = row.Earlier!;
        Accept(earlier.ExecutionId!, earlier.Kind, earlier.SubmittedAt, null, earlier.State == JournalState.Finished ? earlier.At : null);
    }

    /// <summary>Writes the row's "sending" line early, so that the checkpoint's copy already contains it.</summary>
    /// <exception cref="JournalException">It cannot be written.</exception>
    public void Claim()
    {
        journal?.Sending(row);
        _isClaimed = true;
    }

    /// <summary>Takes the claim back if the request has not left.</summary>
    public void Withdraw()
    {
        if (_isClaimed)
        {
            Refused("The run ended before it was sent.");
        }
    }

    public void Sending()
    {
        _isClaimed = false;
        _sentAt = DateTime.UtcNow;
        journal?.Sending(row);
        LeaveWire();
        _isOnWire = true;
        inFlight.AddSent(1);
    }

    public void Refused(string why)
    {
        _isClaimed = false;
        LeaveWire();
        if (row.Earlier?.IsUnknown == true)
        {
            // This says nothing about what became of it the first time.
            Append(JournalState.Unknown, why: $"It was not sent again ({why}), so what became of it in an earlier run is still unknown.");
        }
        else
        {
            Append(JournalState.Refused, why: why);
        }
    }

    public void Unknown(string why, string? candidateId)
    {
        LeaveWire();
        Append(JournalState.Unknown, why: why, candidateId: candidateId);
    }

    public void Accepted(HubExecution execution)
    {
        _gate?.Accepted(row.Request.Namespace);
        LeaveWire();
        inFlight.AddAccepted(1);
        Accept(execution.Id, execution.Kind, _sentAt, new SentRequest(row.Request, row.Mode != SubmitMode.Sync));
        if (!execution.IsFinished)
        {
            Append(JournalState.Accepted, executionId: execution.Id);
            _hasWrittenId = true;
        }
    }

    public void Finished(HubExecution execution)
    {
        hub.Submitted.Finished(execution.Id, execution.FinishedAt);
        string? answer = journal is null ? null : Redact(execution);
        if (answer is not null)
        {
            Append(JournalState.Finished, executionId: _hasWrittenId ? null : execution.Id, status: execution.Status, answer: answer);
        }
        else if (!_hasWrittenId)
        {
            Append(JournalState.Accepted, executionId: execution.Id);
        }
    }

    private void LeaveWire()
    {
        inFlight.AddSent(_isOnWire ? -1 : 0);
        _isOnWire = false;
    }

    private TruebitExecution Result(HubExecution execution) => new(execution, _submitted, row.InputObject) { Row = row.Number, Key = row.Key };

    private void Accept(string id, TaskKind kind, DateTime? sentAt, SentRequest? sent, DateTime? finishedAt = null)
    {
        TaskRequest request = row.Request;
        _submitted = new SubmittedExecution(hub.Endpoint, kind, id, request.Namespace, request.TaskName, request.Label, request.Version, sentAt)
        {
            Request = sent,
            FinishedAt = finishedAt,
        };
        hub.Submitted.Accepted(_submitted);
    }

    private void Append(
        JournalState state, string? executionId = null, ExecutionStatus? status = null, string? why = null, string? answer = null, string? candidateId = null) =>
        journal?.TryAppend(new JournalEntry
        {
            RowId = row.RowId!,
            State = state,
            ExecutionId = executionId,
            Status = status,
            CandidateId = candidateId,
            Reason = why,
            Answer = answer,
        });

    /// <summary>A target may quote its headers in its response, and a hub the key; the journal keeps the response without them.</summary>
    private string? Redact(HubExecution execution)
    {
        try
        {
            return hub.Runner.Texts.For(row.Request.Secrets).HideInJson(execution.RawJson);
        }
        catch (Exception e)
        {
            // The result was paid for, and is worth more than its line: without it, the next run asks the hub for the result again.
            hub.Pump.Warning($"The result of execution '{execution.Id}' could not be written to the journal ({e.GetType().Name}). The next run with this journal gets it from the hub.");
            return null;
        }
    }
}
