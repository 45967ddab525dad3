using System.Text;
using Truebit.Client;
using Truebit.Rows;

namespace Truebit.Invoke;

/// <summary>What the journal means for the rows of a run: who was sent before, what to do about it, and the lines to write.</summary>
internal sealed class RunJournal(Journal journal, UnknownAction onUnknown)
{
    /// <summary>Finds the row.</summary>
    /// <exception cref="FieldException">The journal has a different request under its key.</exception>
    public (string RowId, JournalEntry? Earlier) Find(BoundRow row, RowIdentity identity, string? key)
    {
        string rowId = journal.RowId(identity);
        JournalEntry? earlier = journal.Find(rowId);
        bool mayChange = key is null || earlier is null or { State: JournalState.Refused } || earlier.Request is null;
        return mayChange || earlier!.Request == journal.RequestId(identity, row.Request)
            ? (rowId, earlier)
            : throw new FieldException("Key", $"the journal has a different request under the key '{key}'; give the changed row a new key");
    }

    /// <summary>What to do with a row.</summary>
    public RowAction Decide(JournalEntry? earlier) => earlier switch
    {
        null or { State: JournalState.Refused } => RowAction.Send,
        { State: JournalState.Accepted } => RowAction.Follow,
        { State: JournalState.Finished } => RowAction.Replay,
        _ => onUnknown switch
        {
            UnknownAction.Resubmit => RowAction.Send,
            UnknownAction.Skip => RowAction.Skip,
            _ => RowAction.Report,
        },
    };

    /// <summary>The result that an earlier run got.</summary>
    /// <exception cref="JournalException">The journal no longer has it.</exception>
    public HubExecution Replay(JournalEntry earlier) =>
        HubExecution.Parse(Encoding.UTF8.GetBytes(journal.ReadAnswer(earlier)), earlier.Kind, earlier.ExecutionId);

    /// <summary>Creates the file if no row has done so. A failure ends the command.</summary>
    public void Create() => KeepFailure(journal.Create);

    /// <summary>Writes the line that precedes the request.</summary>
    /// <exception cref="JournalException">It cannot be written: then the request must not leave.</exception>
    public void Sending(RunRow row) => journal.Append(new JournalEntry
    {
        RowId = row.RowId!,
        State = JournalState.Sending,
        Row = row.Number,
        Kind = row.Request.Kind,
        Task = $"{row.Request.Namespace}/{row.Request.TaskName}",
        Label = row.Request.Label,
        Key = row.Key,
        Request = row.Key is null ? null : journal.RequestId(row.Identity, row.Request),
    });

    /// <summary>Writes a line after the fact. A failure ends the command, but does not take this row's result away.</summary>
    public void TryAppend(JournalEntry entry) => KeepFailure(() => journal.Append(entry));

    private static void KeepFailure(Action write)
    {
        try
        {
            write();
        }
        catch (JournalException)
        {
            // It stays in Journal.Failure, where SendGate finds it.
        }
    }
}
