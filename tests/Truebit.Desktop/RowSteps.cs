using Truebit.Client;

namespace Truebit.Desktop;

/// <summary>Notes the steps of one row, and writes them into the journal as the module does.</summary>
internal sealed class RowSteps(Journal? journal, TaskRequest request) : ISubmissionObserver
{
    private readonly string _rowId = journal?.RowId(RowIdentity.OfRequest(request).Occurrence(1)) ?? "";

    public List<string> Taken { get; } = [];

    /// <summary>What an earlier run has written of the row.</summary>
    public JournalEntry? Earlier => journal?.Find(_rowId);

    public void Sending() => Note("sending", new JournalEntry { RowId = _rowId, State = JournalState.Sending });

    public void Refused(string why) => Note("refused", new JournalEntry { RowId = _rowId, State = JournalState.Refused, Reason = why });

    public void Unknown(string why, string? candidateId) =>
        Note("unknown", new JournalEntry { RowId = _rowId, State = JournalState.Unknown, CandidateId = candidateId, Reason = why });

    public void Accepted(HubExecution execution) =>
        Note("accepted", new JournalEntry { RowId = _rowId, State = JournalState.Accepted, ExecutionId = execution.Id });

    public void Finished(HubExecution execution) => Note(
        "finished", new JournalEntry { RowId = _rowId, State = JournalState.Finished, ExecutionId = execution.Id, Answer = execution.RawJson });

    private void Note(string step, JournalEntry entry)
    {
        Taken.Add(step);
        journal?.Append(entry);
    }
}
