using System.Management.Automation;
using Truebit.Client;
using Truebit.Follow;

namespace Truebit.Commands;

/// <summary>Reads a journal: the latest state of each row.</summary>
[Cmdlet(VerbsCommon.Get, "TruebitJournal")]
[OutputType(typeof(TruebitJournalEntry))]
public sealed class GetTruebitJournalCommand : TruebitCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "FullName")]
    [ValidateNotNullOrEmpty]
    public string[]? Path { get; set; }

    /// <summary>Only rows in these states.</summary>
    [Parameter]
    public JournalState[]? State { get; set; }

    /// <summary>Writes one flat object for each row, as Invoke-TruebitTask -AsRow does; the row's own columns are not in a journal.</summary>
    [Parameter]
    public SwitchParameter AsRow { get; set; }

    /// <summary>With -AsRow, members of the output that get a column each: output.NAME.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] OutputColumn { get; set; } = [];

    protected override void ProcessRecord()
    {
        foreach (string given in Path!)
        {
            try
            {
                foreach (string path in ResolveFiles([given]))
                {
                    IEnumerable<JournalEntry> entries = Journal.Read(path).Where(entry => State?.Contains(entry.State) ?? true);
                    ResultRows rows = new(OutputColumn);
                    WriteObject(entries.Select(entry => AsRow ? (object)rows.From(entry, Journal.ReadExecution(path, entry)) : new TruebitJournalEntry(path, entry)), enumerateCollection: true);
                }
            }
            catch (TruebitException e)
            {
                WriteError(Errors.ToErrorRecord(e, given));
            }
        }
    }
}
