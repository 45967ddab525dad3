using System.Management.Automation;
using Truebit.Client;
using Truebit.Completion;

namespace Truebit.Commands;

/// <summary>Merges the journals of all shards, or of several runs over one input, into one.</summary>
[Cmdlet(VerbsData.Merge, "TruebitJournal", SupportsShouldProcess = true)]
[OutputType(typeof(void))]
public sealed class MergeTruebitJournalCommand : TruebitCmdlet
{
    private readonly List<string> _paths = [];

    /// <summary>The journals of the shards 1/N to N/N, or of runs over the same input, in any order.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "FullName")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(JournalCompleter))]
    [SupportsWildcards]
    public string[]? Path { get; set; }

    /// <summary>The journal to create; it must not exist.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNullOrEmpty]
    public string? Destination { get; set; }

    protected override void ProcessRecord() => OrThrowTerminating(() => _paths.AddRange(ResolveFiles(Path!)), Path);

    protected override void EndProcessing()
    {
        if (ShouldProcess(Destination, $"Merge {_paths.Count} journals"))
        {
            OrThrowTerminating(() => JournalMerge.Run(_paths, ResolveFile(Destination!)), Destination);
        }
    }
}
