using System.Management.Automation;
using Truebit.Client;
using Truebit.Completion;

namespace Truebit.Commands;

/// <summary>Saves what fits of a damaged journal.</summary>
[Cmdlet(VerbsDiagnostic.Repair, "TruebitJournal", SupportsShouldProcess = true)]
[OutputType(typeof(TruebitJournalRepair))]
public sealed class RepairTruebitJournalCommand : TruebitCmdlet
{
    /// <summary>The journal.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "FullName")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(JournalCompleter))]
    public string? Path { get; set; }

    protected override void ProcessRecord()
    {
        try
        {
            string path = ResolveFile(Path!);
            if (ShouldProcess(path, "Repair"))
            {
                WriteObject(new TruebitJournalRepair(path, JournalRepair.Run(path)));
            }
        }
        catch (TruebitException e)
        {
            WriteError(Errors.ToErrorRecord(e, Path));
        }
    }
}
