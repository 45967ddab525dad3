using Truebit.Client;
using Truebit.Journals;

namespace Truebit.Reports;

/// <summary>What journals say of a run, counted for a report. Of a million rows it keeps times and numbers, and the rows that it lists.</summary>
internal sealed class RunReport
{
    /// <summary>How many rows of one end are listed: what people read, and a page can show.</summary>
    public const int MaxListed = 100;

    private readonly List<string> _journals = [];
    private readonly List<JournalHub> _hubs = [];
    private readonly Dictionary<string, int> _tasks = new(StringComparer.Ordinal);
    private readonly int[] _counts = new int[Enum.GetValues(typeof(RowEnd)).Length];
    private readonly List<(DateTime At, RowEnd End)> _times = [];
    private readonly List<double> _durations = [];
    private readonly Dictionary<RowEnd, List<ReportRow>> _listed = [];

    /// <summary>The journals' files, without their folders.</summary>
    public IReadOnlyList<string> Journals => _journals;

    /// <summary>The hubs that executed the rows.</summary>
    public IReadOnlyList<JournalHub> Hubs => _hubs;

    /// <summary>How many rows each task has, by namespace/task.</summary>
    public IReadOnlyDictionary<string, int> Tasks => _tasks;

    /// <summary>All rows.</summary>
    public int Rows => _times.Count;

    /// <summary>Whether rows have keys.</summary>
    public bool HasKeys { get; private set; }

    /// <summary>When the rows were sent (UTC), in no order, and what became of them.</summary>
    public IReadOnlyList<(DateTime At, RowEnd End)> Times => _times;

    /// <summary>From sending to the recorded end, in seconds, ascending.</summary>
    public IReadOnlyList<double> Durations => _durations;

    /// <summary>When the first row was sent (UTC).</summary>
    public DateTime First { get; private set; } = DateTime.MaxValue;

    /// <summary>When the last line was written (UTC).</summary>
    public DateTime Last { get; private set; } = DateTime.MinValue;

    /// <summary>Bytes to the targets.</summary>
    public long RequestBytes { get; private set; }

    /// <summary>Bytes from the targets.</summary>
    public long ResponseBytes { get; private set; }

    /// <summary>What invoices say; null if none were given.</summary>
    public ChargeTally? Charges { get; init; }

    /// <summary>How many rows ended so.</summary>
    public int Count(RowEnd end) => _counts[(int)end];

    /// <summary>The first rows that ended so, by their place in the input.</summary>
    public IReadOnlyList<ReportRow> Listed(RowEnd end) => _listed.TryGetValue(end, out List<ReportRow>? rows) ? rows : [];

    /// <summary>Reads a journal.</summary>
    /// <exception cref="TruebitException">It cannot be read.</exception>
    public void Add(string path)
    {
        JournalContent journal = Journal.ReadWhole(path);
        string name = Path.GetFileName(path);
        _journals.Add(name);
        if (journal.Hub is not null && !_hubs.Contains(journal.Hub))
        {
            _hubs.Add(journal.Hub);
        }

        Dictionary<string, string?> messages = ReadExecutions(journal);
        foreach (JournalEntry entry in journal.Entries)
        {
            Charges?.Settle(new TruebitJournalEntry(path, entry));
            Add(new ReportRow(name, entry, Reason(entry, messages)));
        }
    }

    /// <summary>Puts in order what was added. Call it once, after the last journal.</summary>
    public void Complete()
    {
        _durations.Sort();
        foreach (List<ReportRow> rows in _listed.Values)
        {
            Cut(rows);
        }

        Charges?.Complete();
    }

    private static string? Reason(JournalEntry entry, Dictionary<string, string?> messages) =>
        entry.State == JournalState.Sending ? "It was on the wire when the run ended, or is so now if the run is still going."
        : entry.State == JournalState.Finished && messages.TryGetValue(entry.RowId, out string? message) ? message
        : entry.Reason;

    private static void Cut(List<ReportRow> rows)
    {
        ReportRow[] first = [.. rows.OrderBy(static row => row.Entry.Row ?? 0).ThenBy(static row => row.Journal, StringComparer.Ordinal).Take(MaxListed)];
        rows.Clear();
        rows.AddRange(first);
    }

    /// <summary>Adds up what the hub counted. Returns what the targets said of executions that did not end well.</summary>
    private Dictionary<string, string?> ReadExecutions(JournalContent journal)
    {
        Dictionary<string, string?> messages = new(StringComparer.Ordinal);
        foreach ((JournalEntry entry, HubExecution execution) in journal.ReadExecutions())
        {
            RequestBytes += execution.RequestBytes ?? 0;
            ResponseBytes += execution.ResponseBytes ?? 0;
            if (execution.OutputMessage is string message)
            {
                messages[entry.RowId] = message;
            }
        }

        return messages;
    }

    private void Add(ReportRow row)
    {
        JournalEntry entry = row.Entry;
        RowEnd end = entry.End();
        _counts[(int)end]++;
        _times.Add((row.At, end));
        First = row.At < First ? row.At : First;
        Last = entry.At > Last ? entry.At : Last;
        HasKeys |= entry.Key is not null;
        if (entry.Task is string task)
        {
            _tasks[task] = _tasks.TryGetValue(task, out int count) ? count + 1 : 1;
        }

        if (entry is { State: JournalState.Finished, SubmittedAt: DateTime sent } && entry.At >= sent)
        {
            _durations.Add((entry.At - sent).TotalSeconds);
        }

        if (end != RowEnd.Success)
        {
            List(row, end);
        }
    }

    private void List(ReportRow row, RowEnd end)
    {
        if (!_listed.TryGetValue(end, out List<ReportRow>? rows))
        {
            _listed.Add(end, rows = []);
        }

        rows.Add(row);
        if (rows.Count == 2 * MaxListed)
        {
            Cut(rows);
        }
    }
}
