using System.Management.Automation;
using Truebit.Client;

namespace Truebit.Commands;

/// <summary>Settles rows of a journal whose outcome is unknown: by an execution id found elsewhere, or as not executed.</summary>
[Cmdlet(VerbsDiagnostic.Resolve, "TruebitJournal", SupportsShouldProcess = true)]
[OutputType(typeof(void))]
public sealed class ResolveTruebitJournalCommand : TruebitCmdlet, IDisposable
{
    private const string ExecutedSet = "Executed";
    private const string NotExecutedSet = "NotExecuted";

    private readonly Dictionary<string, Journal> _journals = new(StringComparer.Ordinal);

    /// <summary>The journal.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>The row's name in the journal, from Get-TruebitJournal.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? RowId { get; set; }

    /// <summary>It was executed with this id. The next run gets its result.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ExecutedSet)]
    [ValidateNotNullOrEmpty]
    public string? ExecutionId { get; set; }

    /// <summary>It was not executed. The next run sends it.</summary>
    [Parameter(Mandatory = true, ParameterSetName = NotExecutedSet)]
    public SwitchParameter NotExecuted { get; set; }

    protected override void ProcessRecord()
    {
        try
        {
            Journal journal = Open(GetUnresolvedProviderPathFromPSPath(Path));
            JournalEntry entry = journal.Find(RowId!) ?? throw new ErrorException(
                "RowNotFound", ErrorCategory.ObjectNotFound, $"The journal '{Path}' has no row '{RowId}'.");
            if (!entry.IsUnknown)
            {
                throw new ErrorException(
                    "RowNotUnknown", ErrorCategory.InvalidOperation, $"The row '{RowId}' is {entry.State}; only rows with an unknown outcome can be settled.");
            }

            if (ShouldProcess($"row {entry.Row} ({entry.Task}) of {Path}", NotExecuted ? "Settle as not executed" : $"Settle as execution {ExecutionId}"))
            {
                journal.Append(Settled(entry));
            }
        }
        catch (TruebitException e)
        {
            WriteError(Errors.ToErrorRecord(e, RowId));
        }
    }

    public void Dispose()
    {
        foreach (Journal journal in _journals.Values)
        {
            journal.Dispose();
        }
    }

    private JournalEntry Settled(JournalEntry entry) => NotExecuted
        ? new JournalEntry { RowId = RowId!, State = JournalState.Refused, Kind = entry.Kind, Reason = "settled by hand: not executed" }
        : new JournalEntry { RowId = RowId!, State = JournalState.Accepted, Kind = entry.Kind, ExecutionId = ExecutionId, Reason = "settled by hand" };

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
