using System.Management.Automation;

namespace PlainCmdlet;

/// <summary>Reads each row and writes its JSON: what rows cost in a pipeline, whatever is done with them.</summary>
[Cmdlet(VerbsCommunications.Read, "PlainRow")]
public sealed class ReadPlainRowCommand : PSCmdlet
{
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    protected override void ProcessRecord() => WriteObject(PlainRow.ToJson(InputObject!));
}
