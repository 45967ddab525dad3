using System.Management.Automation;
using Truebit.Client;

namespace Truebit.Commands;

/// <summary>Makes one journal of all rows out of those of all shards.</summary>
[Cmdlet(VerbsData.Merge, "TruebitJournal", SupportsShouldProcess = true)]
[OutputType(typeof(void))]
public sealed class MergeTruebitJournalCommand : TruebitCmdlet
{
    private readonly List<string> _paths = [];

    /// <summary>The journals of the shards 1/N to N/N, in any order.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "FullName")]
    [ValidateNotNullOrEmpty]
    public string[]? Path { get; set; }

    /// <summary>The journal to write; it must not be there yet.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNullOrEmpty]
    public string? Destination { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => _paths.AddRange(Path!.Select(GetUnresolvedProviderPathFromPSPath));

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (ShouldProcess(Destination, $"Merge {_paths.Count} journals"))
        {
            OrThrowTerminating(() => Journal.Merge(_paths, GetUnresolvedProviderPathFromPSPath(Destination)), Destination);
        }
    }
}
