using System.Management.Automation;
using Truebit.Client;

namespace Truebit.Commands;

/// <summary>Gets what the hub has recorded of executions, signed message by message.</summary>
[Cmdlet(VerbsCommon.Get, "TruebitTranscript", DefaultParameterSetName = ExecutionSet)]
[OutputType(typeof(TruebitTranscript))]
public sealed class GetTruebitTranscriptCommand : RecordCmdlet
{
    private const string HashSet = "Hash";

    /// <summary>The hashes of transcripts, as <c>TranscriptHash</c> of an earlier one has it.</summary>
    [Parameter(ParameterSetName = HashSet, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string[]? Hash { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        base.ProcessRecord();
        foreach (string hash in Hash ?? [])
        {
            Ask(RecordQuery.TranscriptOfHash(hash), hash);
        }
    }

    /// <inheritdoc/>
    private protected override RecordQuery Query(string executionId) => RecordQuery.Transcript(executionId);

    /// <inheritdoc/>
    private protected override object Read(HubRecord record) => new TruebitTranscript(record);
}
