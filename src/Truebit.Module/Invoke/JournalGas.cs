using System.Management.Automation;
using Truebit.Client;
using Truebit.Session;

namespace Truebit.Invoke;

/// <summary>What a journal tells of the cost of its executions.</summary>
internal static class JournalGas
{
    /// <summary>How many invoices are asked for at most: one is enough, unless it is late.</summary>
    private const int MaxInvoices = 3;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>The price of a byte, by an invoice of the executions that the journal has; the last ones are asked for. That costs nothing.</summary>
    /// <exception cref="ErrorException">There is no such invoice.</exception>
    public static async Task<decimal> FindPriceAsync(HubConnection hub, Journal? journal)
    {
        string why = journal is null ? "there is no -Journal whose invoices have it" : "the journal has no finished execution whose invoice has it";
        foreach (JournalEntry entry in journal?.LastFinished(MaxInvoices).Where(static entry => entry.Kind == TaskKind.Api) ?? [])
        {
            try
            {
                DocumentQuery query = DocumentQuery.Invoice(entry.ExecutionId!, entry.Kind);
                HubDocument invoice = await hub.Runner.GetAsync(query, [], untilComplete: false, Patience, hub.Pump.Stopped).ConfigureAwait(false);
                if (new TruebitInvoice(invoice).UnitPrice is decimal price and > 0)
                {
                    return price;
                }

                why = $"the invoice of the execution '{entry.ExecutionId}' has none";
            }
            catch (HubException e)
            {
                why = e.Message.TrimEnd('.');
            }
        }

        throw new ErrorException(
            "GasPriceUnknown",
            ErrorCategory.InvalidArgument,
            $"-MaxGas needs the price of a byte, and it is not known: {why}. Nothing was sent. Give it with -GasPrice; an invoice of Get-TruebitInvoice has it as UnitPrice.");
    }

    /// <summary>What the executions that a journal has the results of have transferred, in bytes.</summary>
    /// <exception cref="JournalException">It cannot be read.</exception>
    public static long Bytes(Journal journal) =>
        journal.ReadExecutions().Sum(static row => (row.Execution.RequestBytes ?? 0) + (row.Execution.ResponseBytes ?? 0));
}
