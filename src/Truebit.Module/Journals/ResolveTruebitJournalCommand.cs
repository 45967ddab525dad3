using System.Management.Automation;
using Truebit.Client;
using Truebit.Completion;

namespace Truebit.Commands;

/// <summary>Settles rows of a journal whose outcome is unknown: by an execution id found elsewhere, or as not executed.</summary>
[Cmdlet(VerbsDiagnostic.Resolve, "TruebitJournal", SupportsShouldProcess = true)]
[OutputType(typeof(void))]
public sealed class ResolveTruebitJournalCommand : TruebitCmdlet, IDisposable
{
    private const string ExecutedSet = "Executed";
    private const string NotExecutedSet = "NotExecuted";
    private const string ErrorExecutedSet = "ErrorExecuted";
    private const string ErrorNotExecutedSet = "ErrorNotExecuted";

    private readonly Dictionary<string, Journal> _journals = new(StringComparer.Ordinal);

    /// <summary>The journal.</summary>
    [Parameter(ParameterSetName = ExecutedSet, Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = NotExecutedSet, Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(JournalCompleter))]
    public string? Path { get; set; }

    /// <summary>The row's name in the journal, from Get-TruebitJournal.</summary>
    [Parameter(ParameterSetName = ExecutedSet, Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = NotExecutedSet, Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? RowId { get; set; }

    /// <summary>An error of Invoke-TruebitTask or Invoke-TruebitFunction about a row of a journal.</summary>
    [Parameter(ParameterSetName = ErrorExecutedSet, Mandatory = true, ValueFromPipeline = true)]
    [Parameter(ParameterSetName = ErrorNotExecutedSet, Mandatory = true, ValueFromPipeline = true)]
    public ErrorRecord? ErrorRecord { get; set; }

    /// <summary>It was executed with this id. The next run gets its result. A script block may read the id from the row, as { $_.CandidateId }.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ExecutedSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(Mandatory = true, ParameterSetName = ErrorExecutedSet, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? ExecutionId { get; set; }

    /// <summary>It was not executed. The next run sends it.</summary>
    [Parameter(Mandatory = true, ParameterSetName = NotExecutedSet)]
    [Parameter(Mandatory = true, ParameterSetName = ErrorNotExecutedSet)]
    public SwitchParameter NotExecuted { get; set; }

    /// <summary>Also settles a row that is accepted or refused: for an id that the hub has forgotten, or an execution found later.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    protected override void ProcessRecord()
    {
        object? target = (object?)ErrorRecord ?? RowId;
        try
        {
            (string path, string rowId) = FindRow();
            Journal journal = Open(ResolveFile(path));
            JournalEntry entry = journal.Find(rowId) ?? throw new ErrorException(
                "RowNotFound", ErrorCategory.ObjectNotFound, $"The journal '{path}' has no row with the RowId '{rowId}'. Get-TruebitJournal shows the RowId of each row.");
            Check(journal, entry);
            if (ShouldProcess($"{Name(entry)} of {path}", NotExecuted ? "Settle as not executed" : $"Settle as execution {ExecutionId}"))
            {
                journal.Append(Settled(entry));
            }
        }
        catch (TruebitException e)
        {
            WriteError(Errors.ToErrorRecord(e, target));
        }
    }

    public void Dispose()
    {
        foreach (Journal journal in _journals.Values)
        {
            journal.Dispose();
        }
    }

    private static string Name(JournalEntry entry) => $"row {entry.Row}{(entry.Key is null ? "" : $" ({entry.Key})")} ({entry.Task})";

    private (string Path, string RowId) FindRow() => ErrorRecord is null
        ? (Path!, RowId!)
        : ErrorRecord.Exception is ErrorException { Journal: string journal, RowId: string rowId }
        ? (journal, rowId)
        : throw new ErrorException(
            "RowNotFound", ErrorCategory.InvalidArgument, $"This error is not about a row of a journal: {ErrorRecord.Exception.Message}");

    private void Check(Journal journal, JournalEntry entry)
    {
        if (!entry.IsUnknown && !entry.IsSettledByHand && !(Force && entry.State != JournalState.Finished))
        {
            string advice = entry.State == JournalState.Finished ? "" : " If you know that it is wrong, as when the hub has forgotten the execution, add -Force.";
            throw new ErrorException(
                "RowNotUnknown", ErrorCategory.InvalidOperation, $"The {Name(entry)} is {entry.State}; only rows with an unknown outcome can be settled.{advice}");
        }

        if (ExecutionId is not null && journal.FindExecution(ExecutionId, otherThan: entry.RowId) is JournalEntry other)
        {
            throw new ErrorException("ExecutionIdInUse", ErrorCategory.InvalidArgument, $"The execution {ExecutionId} already belongs to {Name(other)}. Give the execution of this row.");
        }
    }

    private JournalEntry Settled(JournalEntry entry) => new()
    {
        RowId = entry.RowId,
        State = NotExecuted ? JournalState.Refused : JournalState.Accepted,
        Kind = entry.Kind,
        ExecutionId = ExecutionId,
        IsSettledByHand = true,
        Reason = NotExecuted ? "settled by hand: not executed" : "settled by hand",
    };

    /// <summary>The journals stay open, and so locked, until the command ends.</summary>
    private Journal Open(string path)
    {
        if (!_journals.TryGetValue(path, out Journal? journal))
        {
            journal = Journal.OpenExisting(path);
            _journals.Add(path, journal);
        }

        return journal;
    }
}
