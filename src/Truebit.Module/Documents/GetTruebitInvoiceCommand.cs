using System.Management.Automation;
using Truebit.Client;

namespace Truebit.Commands;

/// <summary>Gets what executions cost, as the hub has signed it.</summary>
[Cmdlet(VerbsCommon.Get, "TruebitInvoice", DefaultParameterSetName = ExecutionSet)]
[OutputType(typeof(TruebitInvoice))]
public sealed class GetTruebitInvoiceCommand : RecordCmdlet
{
    /// <inheritdoc/>
    private protected override RecordQuery Query(string executionId) => RecordQuery.Invoice(executionId);

    /// <inheritdoc/>
    private protected override object Read(HubRecord record) => new TruebitInvoice(record);
}
