using System.Management.Automation;
using Truebit.Client;
using Truebit.Follow;

namespace Truebit.Commands;

/// <summary>Gets what the hub has written down of executions, signed message by message.</summary>
[Cmdlet(VerbsCommon.Get, "TruebitTranscript", DefaultParameterSetName = SessionSet)]
[OutputType(typeof(TruebitTranscript))]
public sealed class GetTruebitTranscriptCommand : ExecutionCmdlet
{
    private const string HashSet = "Hash";

    /// <summary>The hashes of transcripts, as <c>TranscriptHash</c> of an earlier one shows them.</summary>
    [Parameter(ParameterSetName = HashSet, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string[]? Hash { get; set; }

    /// <summary>Waits for the end of the execution, and then for the complete transcript.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    protected override void ProcessRecord()
    {
        base.ProcessRecord();
        foreach (string hash in Hash ?? [])
        {
            Submit(DocumentQuery.TranscriptOfHash(hash), [], new RowRef(hash));
        }
    }

    private protected override void Query(ExecutionRef execution) => Submit(DocumentQuery.Transcript(execution.Id, execution.Kind), execution.Secrets, execution.Ref);

    private void Submit(DocumentQuery query, IReadOnlyList<SecretText> secrets, RowRef row) => Queue.Submit(row, async () => new TruebitTranscript(
        await Hub.Runner.GetAsync(query, secrets, Wait, Timeout, Pump.Stopped).ConfigureAwait(false))
    {
        Row = row.Number,
        Key = row.Key,
    });
}
