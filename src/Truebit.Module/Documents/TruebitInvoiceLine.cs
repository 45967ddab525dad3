using System.Text.Json;
using Truebit.Client;
using Truebit.Documents;

namespace Truebit;

/// <summary>A line of an invoice: what an account is charged or paid.</summary>
public sealed class TruebitInvoiceLine
{
    internal TruebitInvoiceLine(JsonElement line, TaskKind? kind, decimal? price)
    {
        RawJson = line.GetRawText();
        Operation = line.Text("operation");
        Account = line.Text("account");
        Steps = line.Integer("total_steps_computed", "totalStepsComputed");
        PeakMemory = line.Integer("peak_memory_used", "peakMemoryUsed");
        RequestBytes = line.Member("totalTransferredBytes")?.Integer("request");
        ResponseBytes = line.Member("totalTransferredBytes")?.Integer("response");
        long? count = kind == TaskKind.Api ? RequestBytes + ResponseBytes : Steps;
        Total = price is decimal each && count is long number ? ExactNumber.Multiply(each, number) : null;
    }

    /// <summary>The hub's word: <c>charge</c>, <c>pay</c> or <c>penalty</c>; other words are passed on.</summary>
    public string? Operation { get; }

    /// <summary>Whose account: the requester's for a charge, a node's otherwise.</summary>
    public string? Account { get; }

    /// <summary>The steps that a function task took.</summary>
    public long? Steps { get; }

    /// <summary>The peak memory of a function task, in a unit that the hub does not name.</summary>
    public long? PeakMemory { get; }

    /// <summary>Bytes that went to the target of an API task.</summary>
    public long? RequestBytes { get; }

    /// <summary>Bytes that the target answered.</summary>
    public long? ResponseBytes { get; }

    /// <summary>The price times the steps, or times the bytes of both directions, in the hub's gas; null if a number is missing.</summary>
    public decimal? Total { get; }

    /// <summary>The line as it stands in the invoice.</summary>
    public string RawJson { get; }

    internal bool IsCharge => Operation == "charge";

    /// <summary>The operation and the total.</summary>
    public override string ToString() => $"{Operation} {Total}";
}
