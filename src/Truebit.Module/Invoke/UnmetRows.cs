using Truebit.Client;
using Truebit.Rows;

namespace Truebit.Invoke;

/// <summary>
/// Holds the first rows of an input until the journal knows one of them. A journal with rows of which none is met is most likely the
/// journal of something else, and all rows would be paid for again. Pipeline thread only.
/// </summary>
internal sealed class UnmetRows
{
    /// <summary>How many rows are looked at before the command gives up.</summary>
    private const int MaxLooked = 20;

    private readonly List<RunRow> _waiting = [];
    private readonly int _known;
    private readonly RunJournal? _journal;
    private bool _isSettled;

    public UnmetRows(RunJournal? journal, bool isForced)
    {
        // Rows that were refused cost nothing: they may be sent again in any case.
        _known = isForced || journal is null ? 0 : journal.SentCount;
        _journal = journal;
        _isSettled = _known == 0;
    }

    /// <summary>The rows that can be dealt with now.</summary>
    /// <exception cref="InputException">None of the first rows is known.</exception>
    public IReadOnlyList<RunRow> Add(RunRow row)
    {
        // A task of the command line is meant, whatever the journal has.
        _isSettled |= row.Number is null;
        if (_isSettled && _waiting.Count == 0)
        {
            return [row];
        }

        _waiting.Add(row);
        if (_isSettled || _journal!.HasMetRow)
        {
            _isSettled = true;
            return TakeAll();
        }

        return _waiting.Count < MaxLooked ? [] : throw Mismatch();
    }

    /// <summary>No more rows come: the rows that are left.</summary>
    /// <exception cref="InputException">None of them is known.</exception>
    public IReadOnlyList<RunRow> Complete() =>
        _waiting.Count == 0 || _isSettled || _journal!.HasMetRow ? TakeAll() : throw Mismatch();

    private List<RunRow> TakeAll()
    {
        List<RunRow> all = [.. _waiting];
        _waiting.Clear();
        return all;
    }

    private InputException Mismatch() => new(
        "JournalInputMismatch",
        $"The journal '{_journal!.Path}' has {_known} rows that were sent, and none of this input's first rows ({_waiting.Count} checked) is among them: they would be"
            + $" sent as new rows and paid for. {Difference(_waiting[0])} Nothing was sent. Use the journal of this input or a new one, or -Force to add these rows.");

    private string Difference(RunRow row)
    {
        string task = $"{row.Request.Namespace}/{row.Request.TaskName}";
        JournalEntry? ofTask = _journal!.Sent.FirstOrDefault(entry => entry.Task == task);
        return ofTask is null ? $"The journal is of the task {_journal.Sent.First().Task}, and this run of {task}."
            : _journal.Sent.All(entry => entry.Task != task || entry.Label != row.Request.Label) ? $"The journal's rows have {Label(ofTask.Label)}, and these have {Label(row.Request.Label)}."
            : row.Key is not null ? $"Row {row.Number} has the key '{row.Key}', and the journal has keys such as '{ofTask.Key}'."
            : "Most likely the journal is of another input, or its values have changed, as when a spreadsheet saves them again.";

        static string Label(string? label) => label is null ? "no label" : $"the label {label}";
    }
}
