using System.Management.Automation;
using Truebit.Client;
using Truebit.Completion;

namespace Truebit.Commands;

/// <summary>Makes a journal for each of several shards out of one of all rows.</summary>
[Cmdlet(VerbsCommon.Split, "TruebitJournal", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class SplitTruebitJournalCommand : TruebitCmdlet
{
    /// <summary>The journal of all rows. It stays as it is.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "FullName")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(JournalCompleter))]
    public string? Path { get; set; }

    /// <summary>How many shards; -Shard i/N of the runs that go on has the same N.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateRange(2, 1000)]
    public int Count { get; set; }

    protected override void ProcessRecord()
    {
        try
        {
            string path = ResolveFile(Path!);
            if (ShouldProcess(path, $"Split into {Count} journals"))
            {
                foreach (string part in JournalSplit.Run(path, Count))
                {
                    WriteObject(new FileInfo(part));
                }
            }
        }
        catch (TruebitException e)
        {
            WriteError(Errors.ToErrorRecord(e, Path));
        }
    }
}
