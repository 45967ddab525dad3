using System.Text.Json;
using Truebit.Client;
using Truebit.Documents;

namespace Truebit;

/// <summary>What an execution costs (truebit-api.md 9).</summary>
public sealed class TruebitInvoice
{
    internal TruebitInvoice(HubDocument record)
    {
        RawJson = record.RawJson;
        using JsonDocument document = LenientJson.Parse(RawJson);
        JsonElement root = document.RootElement;
        ExecutionId = root.Text("executionId");
        InvoiceId = root.Text("invoiceId");
        TaskId = root.Text("taskId");
        CreatedAt = root.Time("taskCreated_timeStamp", "taskCreatedTimeStamp", "taskCreated_timestamp");
        UnitPriceText = root.Text("byteGasPrice") ?? root.Text("stepGasPrice");
        Family = root.Member("byteGasPrice") is not null ? TaskKind.Api : root.Member("stepGasPrice") is not null ? TaskKind.Function : null;
        UnitPrice = ExactNumber.Parse(UnitPriceText);
        Signature = root.Signature("accounting_signature", "accountingSignature");
        LineItems = [.. root.Items("lineItem", "lineItems").Select(item => new TruebitInvoiceLine(item, Family, UnitPrice))];
        Total = Sum(LineItems.Where(static line => line.IsCharge));
    }

    public string? ExecutionId { get; }

    /// <summary>The place of the execution's row in its input, from 1; null if it is not known.</summary>
    public int? Row { get; internal init; }

    /// <summary>The row's key, if -Key named a column.</summary>
    public string? Key { get; internal init; }

    /// <summary>The hub's number of the invoice, as text: it has up to 22 digits, more than a number of 64 bits.</summary>
    public string? InvoiceId { get; }

    /// <summary>The task's id, such as <c>api_</c> and 64 digits.</summary>
    public string? TaskId { get; }

    /// <summary>Api or Function, by the kind of its price.</summary>
    public string? Kind => Family?.ToString();

    internal TaskKind? Family { get; }

    /// <summary>When the task was created (UTC).</summary>
    public DateTime? CreatedAt { get; }

    /// <summary>For each byte of an API task, for each step of a function task; null if a decimal cannot hold it exactly.</summary>
    public decimal? UnitPrice { get; }

    /// <summary>The price as the hub printed it.</summary>
    public string? UnitPriceText { get; }

    /// <summary>What the price is for: Byte or Step.</summary>
    public string? Per => Family switch
    {
        TaskKind.Api => "Byte",
        TaskKind.Function => "Step",
        _ => null,
    };

    /// <summary>
    /// What the requester is charged: the totals of the lines that are a charge, exact. The hub prints no total and does not say
    /// how it is made; price times steps or bytes is an inference. Null if a number is missing.
    /// </summary>
    public decimal? Total { get; }

    /// <summary>What UnitPrice and Total count. The hub does not say what its gas is worth.</summary>
    public string Unit => "hub gas, not a currency";

    /// <summary>The lines: who is charged, and which nodes are paid or fined.</summary>
    public TruebitInvoiceLine[] LineItems { get; }

    /// <summary>The hub's signature of the invoice.</summary>
    public HubSignature? Signature { get; }

    /// <summary>The invoice exactly as the hub sent it: this text is what was signed.</summary>
    public string RawJson { get; }

    internal bool HasCharge => LineItems.Any(static line => line.IsCharge);

    /// <summary>The id and the total.</summary>
    public override string ToString() => $"{InvoiceId} {Total} {Unit}";

    /// <summary>Null if there is no line, or one has no total.</summary>
    private static decimal? Sum(IEnumerable<TruebitInvoiceLine> lines)
    {
        decimal? sum = null;
        foreach (TruebitInvoiceLine line in lines)
        {
            sum = line.Total is decimal total ? ExactNumber.Add(sum ?? 0, total) : null;
            if (sum is null)
            {
                return null;
            }
        }

        return sum;
    }
}
