using System.Management.Automation;
using Truebit.Client;
using Truebit.Completion;
using Truebit.Follow;

namespace Truebit.Commands;

/// <summary>Reads a journal: the latest state of each row.</summary>
[Cmdlet(VerbsCommon.Get, "TruebitJournal", DefaultParameterSetName = EntrySet)]
[OutputType(typeof(TruebitJournalEntry), typeof(TruebitJournalSummary))]
public sealed class GetTruebitJournalCommand : TruebitCmdlet
{
    private const string EntrySet = "Entry";
    private const string RowSet = "Row";
    private const string SummarySet = "Summary";

    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "FullName")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(JournalCompleter))]
    [SupportsWildcards]
    public string[]? Path { get; set; }

    /// <summary>Only rows in these states.</summary>
    [Parameter(ParameterSetName = EntrySet)]
    [Parameter(ParameterSetName = RowSet)]
    public JournalState[]? State { get; set; }

    /// <summary>Writes one flat object for each row, as Invoke-TruebitTask -AsRow does; the row's own columns are not in a journal.</summary>
    [Parameter(ParameterSetName = RowSet, Mandatory = true)]
    public SwitchParameter AsRow { get; set; }

    /// <summary>With -AsRow, members of the output that get a column each: output.NAME.</summary>
    [Parameter(ParameterSetName = RowSet)]
    [ValidateNotNullOrEmpty]
    public string[] OutputColumn { get; set; } = [];

    /// <summary>Writes one object for each journal: how many rows ended how, how fast it goes, and what has been running longest.</summary>
    [Parameter(ParameterSetName = SummarySet, Mandatory = true)]
    public SwitchParameter Summary { get; set; }

    protected override void ProcessRecord()
    {
        foreach (string given in Path!)
        {
            try
            {
                foreach (string path in ResolveFiles([given]))
                {
                    Read(path);
                }
            }
            catch (TruebitException e)
            {
                WriteError(Errors.ToErrorRecord(e, given));
            }
        }
    }

    private void Read(string path)
    {
        JournalContent journal = Journal.ReadWhole(path);
        if (Summary)
        {
            WriteObject(new TruebitJournalSummary(journal));
            return;
        }

        // One at a time: what is written as a collection is held until its end.
        if (!AsRow)
        {
            foreach (JournalEntry entry in journal.EntriesIn(State))
            {
                WriteObject(new TruebitJournalEntry(path, entry));
            }

            return;
        }

        ResultRows rows = new(OutputColumn);
        foreach ((JournalEntry entry, HubExecution? execution) in journal.ReadRows(State))
        {
            WriteObject(rows.From(entry, execution));
        }
    }
}
