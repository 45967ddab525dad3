using System.Management.Automation;
using Truebit.Client;

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

    protected override void ProcessRecord()
    {
        foreach (string given in Path!)
        {
            try
            {
                foreach (string path in ResolveFiles([given]))
                {
                    WriteObject(
                        Journal.Read(path).Where(entry => State?.Contains(entry.State) ?? true).Select(entry => new TruebitJournalEntry(path, entry)),
                        enumerateCollection: true);
                }
            }
            catch (TruebitException e)
            {
                WriteError(Errors.ToErrorRecord(e, given));
            }
        }
    }
}
