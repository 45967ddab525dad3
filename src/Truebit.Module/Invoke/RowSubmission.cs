using Truebit.Client;

namespace Truebit.Bulk;

/// <summary>
/// One row's way to the hub, on a worker. Each step is written down as it is taken: in the session's list, and in the journal if there is one.
/// </summary>
internal sealed class RowSubmission(RunRow row, HubConnection hub, RunJournal? journal) : ISubmissionObserver
{
    private SubmittedExecution? _submitted;
    private DateTime _sentAt;
    private bool _isClaimed;

    /// <summary>The row.</summary>
    public RunRow Row => row;

    /// <summary>Sends the request and awaits its end.</summary>
    public async Task<TruebitExecution> RunAsync(TimeSpan timeout, ExecutionPump pump, SendGate gate)
    {
        try
        {
            return Result(await hub.Runner.RunAsync(row.Request, row.Mode, timeout, this, pump.Halted, pump.Stopped).ConfigureAwait(false));
        }
        catch (Exception e)
        {
            Withdraw();
            gate.CloseOn(e);
            throw;
        }
    }

    /// <summary>Goes on with what an earlier run has submitted.</summary>
    public async Task<TruebitExecution> FollowAsync(TimeSpan timeout, ExecutionPump pump)
    {
        JournalEntry earlier = row.Earlier!;
        HubExecution execution = await hub.Runner.GetAsync(
            earlier.Kind, earlier.ExecutionId!, untilFinished: row.Mode != SubmitMode.Async, timeout, pump.Stopped).ConfigureAwait(false);
        if (execution.IsFinished)
        {
            Finished(execution);
        }

        return Result(execution);
    }

    /// <summary>The result that an earlier run got.</summary>
    /// <exception cref="JournalException">The journal does not hold it any more.</exception>
    public TruebitExecution Replay()
    {
        Recall();
        hub.Submitted.Finished(row.Earlier!.ExecutionId!, null);
        return Result(journal!.Replay(row.Earlier));
    }

    /// <summary>Tells the session of an execution that an earlier run has submitted.</summary>
    public void Recall()
    {
        JournalEntry earlier = row.Earlier!;
        Accept(earlier.ExecutionId!, earlier.Kind, earlier.SubmittedAt, null, earlier.State == JournalState.Finished ? earlier.At : null);
    }

    /// <summary>Writes that the row is about to be sent some time before it is, so that the line is kept elsewhere by then.</summary>
    /// <exception cref="JournalException">It cannot be written.</exception>
    public void Claim()
    {
        journal?.Sending(row);
        _isClaimed = true;
    }

    /// <summary>Takes a claim back where the request has never left.</summary>
    public void Withdraw()
    {
        if (_isClaimed)
        {
            Refused("The run ended before it was sent.");
        }
    }

    /// <inheritdoc/>
    public void Sending()
    {
        _isClaimed = false;
        _sentAt = DateTime.UtcNow;
        journal?.Sending(row);
    }

    /// <inheritdoc/>
    public void Refused(string why)
    {
        _isClaimed = false;
        if (row.Earlier?.IsUnknown == true)
        {
            // That it was not sent again does not say what became of it the first time.
            Note(JournalState.Unknown, why: $"It was not sent again ({why}), so what became of it in an earlier run is still unknown.");
        }
        else
        {
            Note(JournalState.Refused, why: why);
        }
    }

    /// <inheritdoc/>
    public void Unknown(string why) => Note(JournalState.Unknown, why: why);

    /// <inheritdoc/>
    public void Accepted(HubExecution execution)
    {
        Accept(execution.Id, execution.Kind, _sentAt, new SentRequest(row.Request, row.Mode != SubmitMode.Sync));
        Note(JournalState.Accepted, execution);
    }

    /// <inheritdoc/>
    public void Finished(HubExecution execution)
    {
        hub.Submitted.Finished(execution.Id, execution.EndSeenAt);
        Note(JournalState.Finished, execution, answer: true);
    }

    private TruebitExecution Result(HubExecution execution) => new(execution, _submitted, row.InputObject);

    private void Accept(string id, TaskKind kind, DateTime? sentAt, SentRequest? sent, DateTime? endSeenAt = null)
    {
        TaskRequest request = row.Request;
        _submitted = new SubmittedExecution(hub.Endpoint, kind, id, request.Namespace, request.TaskName, request.Label, request.Version, sentAt)
        {
            Request = sent,
            EndSeenAt = endSeenAt,
        };
        hub.Submitted.Accepted(_submitted);
    }

    private void Note(JournalState state, HubExecution? execution = null, string? why = null, bool answer = false) =>
        journal?.Note(new JournalEntry
        {
            RowId = row.RowId!,
            State = state,
            Kind = row.Request.Kind,
            ExecutionId = execution?.Id,
            SubmittedAt = state == JournalState.Accepted ? _sentAt : null,
            Reason = why,
            Answer = answer ? WithoutSecrets(execution!.RawJson) : null,
        });

    /// <summary>A target may quote its headers in its answer, and a hub the key; the journal keeps the answer without them.</summary>
    private string WithoutSecrets(string answer) =>
        Redaction.HideInJson(answer, [.. row.Request.Secrets.Select(static secret => secret.Reveal()), hub.Key?.Reveal()]);
}
