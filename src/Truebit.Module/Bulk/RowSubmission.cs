using Truebit.Client;

namespace Truebit.Bulk;

/// <summary>Writes down each step of one row's submission: in the session's list, and in the journal if there is one.</summary>
internal sealed class RowSubmission(IdentifiedRow row, Uri hub, SecretText? apiKey, SubmittedExecutions session, RunJournal? journal) : ISubmissionObserver
{
    private DateTime _sentAt;
    private bool _isClaimed;

    /// <summary>The row.</summary>
    public IdentifiedRow Row => row;

    /// <summary>The execution, once the hub has accepted it.</summary>
    public SubmittedExecution? Submitted { get; private set; }

    /// <summary>An execution that an earlier run has submitted.</summary>
    public void Recall(JournalEntry earlier) =>
        Accept(earlier.ExecutionId!, earlier.Kind, earlier.SubmittedAt, null, earlier.State == JournalState.Finished ? earlier.At : null);

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
        Accept(execution.Id, execution.Kind, _sentAt, new SentRequest(row.Row.Request, row.Row.Mode != SubmitMode.Sync));
        Note(JournalState.Accepted, execution);
    }

    /// <inheritdoc/>
    public void Finished(HubExecution execution)
    {
        session.Finished(execution.Id, execution.EndSeenAt);
        Note(JournalState.Finished, execution, answer: true);
    }

    private void Accept(string id, TaskKind kind, DateTime? sentAt, SentRequest? sent, DateTime? endSeenAt = null)
    {
        TaskRequest request = row.Row.Request;
        Submitted = new SubmittedExecution(hub, kind, id, request.Namespace, request.TaskName, request.Label, request.Version, sentAt)
        {
            Request = sent,
            EndSeenAt = endSeenAt,
        };
        session.Accepted(Submitted);
    }

    private void Note(JournalState state, HubExecution? execution = null, string? why = null, bool answer = false) =>
        journal?.Note(new JournalEntry
        {
            RowId = row.RowId!,
            State = state,
            Kind = row.Row.Request.Kind,
            ExecutionId = execution?.Id,
            SubmittedAt = state == JournalState.Accepted ? _sentAt : null,
            Reason = why,
            Answer = answer ? WithoutSecrets(execution!.RawJson) : null,
        });

    /// <summary>A target may quote its headers in its answer, and a hub the key; the journal keeps the answer without them.</summary>
    private string WithoutSecrets(string answer) =>
        Redaction.HideInJson(answer, [.. row.Row.Request.Secrets.Select(static secret => secret.Reveal()), apiKey?.Reveal()]);
}
