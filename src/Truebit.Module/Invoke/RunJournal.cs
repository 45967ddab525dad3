using System.Text;
using Truebit.Client;
using Truebit.Json;
using Truebit.Rows;

namespace Truebit.Bulk;

/// <summary>What to do with rows that an earlier run had on the wire when it ended.</summary>
public enum UnknownAction
{
    /// <summary>An error for each.</summary>
    Report,

    /// <summary>They are sent again, and may be paid for twice.</summary>
    Resubmit,

    /// <summary>They are left out.</summary>
    Skip,
}

/// <summary>What is to be done with a row, by what the journal says of it.</summary>
internal enum RowAction
{
    Send,
    Follow,
    Replay,
    Report,
    Skip,
}

/// <summary>Reads from the journal what a row needs, and writes into it what becomes of the row.</summary>
internal sealed class RunJournal(Journal journal, UnknownAction onUnknown)
{
    /// <summary>The first failure to write.</summary>
    public JournalException? Failure => journal.Failure;

    /// <summary>Finds the row.</summary>
    /// <exception cref="FieldException">Its key stands for another request in this journal.</exception>
    public (string RowId, JournalEntry? Earlier) Find(BoundRow row, RowIdentity identity, string? key)
    {
        string rowId = journal.RowId(identity);
        JournalEntry? earlier = journal.Find(rowId);
        bool mayChange = key is null || earlier is null or { State: JournalState.Refused } || earlier.Request is null;
        return mayChange || earlier!.Request == journal.RequestId(identity, row.Request)
            ? (rowId, earlier)
            : throw new FieldException("Key", $"'{key}' stands for another request in the journal; a changed row needs a new key");
    }

    /// <summary>What is to be done.</summary>
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
    /// <exception cref="JournalException">The journal does not hold it any more.</exception>
    public HubExecution Replay(JournalEntry earlier) =>
        HubExecution.Parse(Encoding.UTF8.GetBytes(journal.ReadAnswer(earlier)), earlier.Kind, earlier.ExecutionId);

    /// <summary>Begins the file, if no row has done so.</summary>
    /// <exception cref="JournalException">It cannot be written.</exception>
    public void Create() => journal.Create();

    /// <summary>The line that is written before the request leaves.</summary>
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

    /// <summary>A line that is written after the fact. A failure keeps the next row from being sent, not this one from its result.</summary>
    public void Note(JournalEntry entry)
    {
        try
        {
            journal.Append(entry);
        }
        catch (JournalException)
        {
            // It is kept in Failure, and ends the command.
        }
    }
}
