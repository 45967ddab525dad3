using System.Collections.Concurrent;
using Truebit.Client;
using Truebit.Rows;

namespace Truebit.Invoke;

/// <summary>What the journal means for the rows of a run: who was sent before, what to do about it, and the lines to write.</summary>
internal sealed class RunJournal
{
    private readonly Journal _journal;
    private readonly UnknownAction _onUnknown;
    private readonly ExecutionStatus[] _rerun;

    /// <summary>The refused rows of earlier runs by their number: where another row stands there now, it has taken their place.</summary>
    private readonly ConcurrentDictionary<int, string> _refused = new();

    /// <param name="journal">The file.</param>
    /// <param name="onUnknown">What to do with rows whose outcome is unknown.</param>
    /// <param name="rerun">Rows that ended with one of these are executed again.</param>
    public RunJournal(Journal journal, UnknownAction onUnknown, ExecutionStatus[] rerun)
    {
        _journal = journal;
        _onUnknown = onUnknown;
        _rerun = rerun;
        foreach (JournalEntry entry in journal.EntriesIn(JournalState.Refused).Where(static entry => entry is { Row: not null, Key: null }))
        {
            _refused[entry.Row!.Value] = entry.RowId;
        }
    }

    /// <summary>The file.</summary>
    public string Path => _journal.Path;

    /// <summary>What earlier runs have written of the rows that may have cost something: all but those that were refused.</summary>
    public IEnumerable<JournalEntry> Sent => _journal.Entries.Where(static entry => entry.State != JournalState.Refused);

    /// <summary>How many of these there are.</summary>
    public int SentCount => _journal.Entries.Count - _journal.Count(JournalState.Refused);

    /// <summary>Whether it knows a row of this run's input.</summary>
    public bool HasMetRow { get; private set; }

    /// <summary>Looks for a row of another shard: a part of a split journal knows those as well.</summary>
    public void Meet(RowIdentity identity)
    {
        if (!HasMetRow && _journal.IsPart)
        {
            HasMetRow = _journal.Knows(_journal.RowId(identity));
        }
    }

    /// <summary>Finds the row.</summary>
    /// <exception cref="FieldException">The journal has a different request under its key.</exception>
    public (string RowId, JournalEntry? Earlier) Find(BoundRow row, RowIdentity identity, string? key)
    {
        string rowId = _journal.RowId(identity);
        JournalEntry? earlier = _journal.Find(rowId);

        // Another task may use the same keys: such a journal is of another input.
        HasMetRow = HasMetRow || (earlier is not null && (earlier.Task is null || earlier.Task == $"{row.Request.Namespace}/{row.Request.TaskName}"));
        if (earlier?.Row is int number)
        {
            _refused.TryRemove(number, out _);
        }

        bool mayChange = key is null || earlier is null or { State: JournalState.Refused } || earlier.Request is null;
        return mayChange || _journal.IsOfRequest(earlier!, identity, row.Request)
            ? (rowId, earlier)
            : throw new FieldException("Key", $"the journal has a different request under the key '{key}'; give the changed row a new key, or use another journal");
    }

    /// <summary>What to do with a row.</summary>
    public RowAction Decide(RunRow row) => row.Earlier switch
    {
        null when !_journal.HasLostLines => RowAction.Send,
        { State: JournalState.Refused } => RowAction.Send,
        { State: JournalState.Accepted } => RowAction.Follow,
        { State: JournalState.Finished, Status: ExecutionStatus status } when _rerun.Contains(status) => RowAction.Send,
        { State: JournalState.Finished } => RowAction.Replay,
        _ => _onUnknown switch
        {
            UnknownAction.Resubmit => RowAction.Send,
            UnknownAction.Skip => RowAction.Skip,
            _ => RowAction.Report,
        },
    };

    /// <summary>The result that an earlier run got.</summary>
    /// <exception cref="JournalException">The journal no longer has it.</exception>
    public HubExecution Replay(JournalEntry earlier) => _journal.ReadExecution(earlier);

    /// <summary>Creates the file if no row has done so. A failure ends the command.</summary>
    public void Create() => KeepFailure(_journal.Create);

    /// <summary>Writes the line that precedes the request.</summary>
    /// <exception cref="JournalException">It cannot be written: then the request must not leave.</exception>
    public void Sending(RunRow row)
    {
        _journal.Append(new JournalEntry
        {
            RowId = row.RowId!,
            State = JournalState.Sending,
            Row = row.Number,
            Kind = row.Request.Kind,
            Task = $"{row.Request.Namespace}/{row.Request.TaskName}",
            Label = row.Request.Label,
            Key = row.Key,
            Request = row.Key is null ? null : _journal.RequestId(row.Identity, row.Request),
        });

        if (row is { Earlier: null, Number: int number } && _refused.TryRemove(number, out string? refused))
        {
            // Nothing is lost by that where the refused row only stands elsewhere now: it is sent like a new one.
            TryAppend(new JournalEntry { RowId = refused, State = JournalState.Refused, IsReplaced = true });
        }
    }

    /// <summary>Writes where the row stands now, so that messages and the journal have one number for it.</summary>
    public void Renumber(RunRow row, bool isWhatIf)
    {
        if (!isWhatIf && row is { Earlier: JournalEntry earlier, Number: int number } && earlier.Row != number)
        {
            TryAppend(earlier with { Row = number });
        }
    }

    /// <summary>Writes a line after the fact. A failure ends the command, but does not take this row's result away.</summary>
    public void TryAppend(JournalEntry entry) => KeepFailure(() => _journal.Append(entry));

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
