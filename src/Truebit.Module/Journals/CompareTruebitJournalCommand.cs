using System.Management.Automation;
using Truebit.Client;
using Truebit.Completion;
using Truebit.Journals;

namespace Truebit.Commands;

/// <summary>Shows what each row of a journal cost, and what was charged without a row.</summary>
[Cmdlet(VerbsData.Compare, "TruebitJournal")]
[OutputType(typeof(TruebitJournalCharge))]
public sealed class CompareTruebitJournalCommand : TruebitCmdlet
{
    private readonly ChargeTally _tally = new();

    /// <summary>The journals. They are read after the last invoice, so a run may write them earlier in the same pipeline.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [Alias("PSPath", "FullName")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(JournalCompleter))]
    [SupportsWildcards]
    public string[]? Path { get; set; }

    /// <summary>An invoice of Get-TruebitInvoice.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public TruebitInvoice? InputObject { get; set; }

    protected override void ProcessRecord()
    {
        if (!_tally.Add(InputObject!))
        {
            WriteVerbose($"Ignored a second copy of invoice {InputObject!.InvoiceId}.");
        }
    }

    protected override void EndProcessing()
    {
        List<JournalContent> journals = ReadJournals();
        foreach (JournalContent journal in journals)
        {
            foreach (JournalEntry entry in journal.Entries)
            {
                WriteObject(_tally.Settle(new TruebitJournalEntry(journal.Path, entry)), enumerateCollection: true);
            }
        }

        WriteObject(_tally.Complete(), enumerateCollection: true);
        WriteInformation(new TruebitChargeSummary(_tally, journals.Exists(static journal => journal.Hub?.IsLocal == true)), ["Truebit", "Summary"]);
    }

    /// <summary>Reads all before anything is written: the charges of a missing journal would seem to have no row.</summary>
    private List<JournalContent> ReadJournals()
    {
        List<JournalContent> journals = [];
        foreach (string path in OrThrowTerminating(() => ResolveFiles(Path!).ToList(), Path))
        {
            journals.Add(OrThrowTerminating(() => Journal.ReadWhole(path), path));
        }

        return journals;
    }
}
