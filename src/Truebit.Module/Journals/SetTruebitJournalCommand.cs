using System.Management.Automation;
using Truebit.Client;
using Truebit.Completion;
using Truebit.Session;

namespace Truebit.Commands;

/// <summary>Says of a journal that its hub has moved to another address.</summary>
[Cmdlet(VerbsCommon.Set, "TruebitJournal", SupportsShouldProcess = true)]
[OutputType(typeof(void))]
public sealed class SetTruebitJournalCommand : TruebitCmdlet
{
    /// <summary>The journal.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "FullName")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(JournalCompleter))]
    public string? Path { get; set; }

    /// <summary>The hub's new address.</summary>
    [Parameter(Mandatory = true)]
    [ValidateNotNull]
    public Uri? Endpoint { get; set; }

    protected override void ProcessRecord()
    {
        try
        {
            string path = ResolveFile(Path!);
            Uri endpoint = HubEndpoint.Check(Endpoint!);
            if (ShouldProcess(path, $"Set its hub to {endpoint.GetLeftPart(UriPartial.Authority)} now"))
            {
                JournalMove.Run(path, endpoint);
            }
        }
        catch (TruebitException e)
        {
            WriteError(Errors.ToErrorRecord(e, Path));
        }
    }
}
