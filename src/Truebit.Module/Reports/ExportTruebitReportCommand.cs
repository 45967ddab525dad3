using System.Management.Automation;
using Truebit.Completion;
using Truebit.Journals;
using Truebit.Reports;

namespace Truebit.Commands;

/// <summary>Writes a page about a run, from its journal, for whoever ordered the run.</summary>
[Cmdlet(VerbsData.Export, "TruebitReport", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportTruebitReportCommand : TruebitCmdlet
{
    private ChargeTally? _charges;

    /// <summary>The journal of the run, or those of its shards. They are read after the last invoice.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(JournalCompleter))]
    [SupportsWildcards]
    public string[]? Journal { get; set; }

    /// <summary>The page.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>Invoices of Get-TruebitInvoice; the page then says what the run cost.</summary>
    [Parameter(ValueFromPipeline = true)]
    [AllowEmptyCollection]
    public TruebitInvoice[] Invoice { get; set; } = [];

    /// <summary>Overwrites an existing page.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    protected override void ProcessRecord()
    {
        foreach (TruebitInvoice invoice in Invoice)
        {
            (_charges ??= new ChargeTally()).Add(invoice);
        }
    }

    protected override void EndProcessing()
    {
        string path = OrThrowTerminating(() => ResolveFile(Path!), Path);
        if (File.Exists(path) && !Force)
        {
            OrThrowTerminating(() => throw new ErrorException("FileExists", ErrorCategory.ResourceExists, $"'{path}' already exists; use -Force to overwrite it."), path);
        }

        if (!ShouldProcess(path, $"Export a report on {string.Join(", ", Journal!)}"))
        {
            return;
        }

        RunReport report = OrThrowTerminating(Read, Journal);
        WriteObject(OrThrowTerminating(() => OutputFile.Write(path, ReportPage.ToHtml(report, DateTime.UtcNow), Force), path));
    }

    private RunReport Read()
    {
        RunReport report = new() { Charges = _charges };
        foreach (string journal in ResolveFiles(Journal!))
        {
            report.Add(journal);
        }

        report.Complete();
        return report;
    }
}
