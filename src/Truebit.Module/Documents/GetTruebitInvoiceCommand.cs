using System.Management.Automation;
using Truebit.Client;
using Truebit.Follow;

namespace Truebit.Commands;

/// <summary>Gets what executions cost, as the hub has signed it.</summary>
[Cmdlet(VerbsCommon.Get, "TruebitInvoice", DefaultParameterSetName = SessionSet)]
[OutputType(typeof(TruebitInvoice))]
public sealed class GetTruebitInvoiceCommand : ExecutionCmdlet
{
    /// <summary>Waits for the end of the execution, and then for the invoice.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    private protected override void Query(ExecutionRef execution) => Queue.Submit(execution.Ref, async () => new TruebitInvoice(
        await Hub.Runner.GetAsync(DocumentQuery.Invoice(execution.Id, execution.Kind), execution.Secrets, Wait, Timeout, Pump.Stopped).ConfigureAwait(false))
    {
        Row = execution.Row,
        Key = execution.Key,
    });
}
