using System.Management.Automation;
using Truebit.Client;
using Truebit.Journals;

namespace Truebit.Commands;

/// <summary>Shows what each row of a journal cost, and what was charged without a row.</summary>
[Cmdlet(VerbsData.Compare, "TruebitJournal")]
[OutputType(typeof(TruebitJournalCharge))]
public sealed class CompareTruebitJournalCommand : TruebitCmdlet
{
    private readonly Reconciliation _reconciliation = new();

    /// <summary>The journals. They are read after the last invoice, so a run may write them earlier in the same pipeline.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [Alias("PSPath", "FullName")]
    [ValidateNotNullOrEmpty]
    public string[]? Path { get; set; }

    /// <summary>An invoice of Get-TruebitInvoice.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public TruebitInvoice? InputObject { get; set; }

    protected override void ProcessRecord()
    {
        if (!_reconciliation.Add(InputObject!))
        {
            WriteVerbose($"Ignored a second copy of invoice {InputObject!.InvoiceId}.");
        }
    }

    protected override void EndProcessing()
    {
        foreach (TruebitJournalEntry row in ReadJournals())
        {
            WriteObject(_reconciliation.Settle(row), enumerateCollection: true);
        }

        WriteObject(_reconciliation.WithoutRow(), enumerateCollection: true);
    }

    /// <summary>Reads all before anything is written: the charges of a missing journal would seem to have no row.</summary>
    private List<TruebitJournalEntry> ReadJournals()
    {
        List<TruebitJournalEntry> rows = [];
        foreach (string path in OrThrowTerminating(() => ResolveFiles(Path!).ToList(), Path))
        {
            rows.AddRange(OrThrowTerminating(() => Journal.Read(path), path).Select(entry => new TruebitJournalEntry(path, entry)));
        }

        return rows;
    }
}
