using System.Globalization;
using Truebit.Journals;

namespace Truebit;

/// <summary>The total of Compare-TruebitJournal, on the information stream at its end; as text, a sentence.</summary>
public sealed class TruebitChargeSummary
{
    private readonly bool _isSandbox;

    internal TruebitChargeSummary(ChargeTally tally, bool isSandbox)
    {
        _isSandbox = isSandbox;
        Charged = tally.Count(ChargeStatus.Charged);
        ChargedAgain = tally.Count(ChargeStatus.ChargedAgain);
        NotCharged = tally.Count(ChargeStatus.NotCharged);
        NoInvoice = tally.Count(ChargeStatus.NoInvoice);
        Unknown = tally.Count(ChargeStatus.Unknown);
        NoRow = tally.Count(ChargeStatus.NoRow);
        Total = tally.Total;
        UnitPrice = [.. tally.Prices];
    }

    /// <summary>Rows whose execution has a charge.</summary>
    public int Charged { get; }

    /// <summary>Charges for a row that was charged before.</summary>
    public int ChargedAgain { get; }

    /// <summary>Rows that were not executed, or whose invoice has no charge.</summary>
    public int NotCharged { get; }

    /// <summary>Rows that were executed, and whose invoice was not there: they are not in the total.</summary>
    public int NoInvoice { get; }

    /// <summary>Rows that may have been charged: they are not in the total.</summary>
    public int Unknown { get; }

    /// <summary>Charges without a row.</summary>
    public int NoRow { get; }

    /// <summary>The sum of all charges; null if one of them is unknown.</summary>
    public decimal? Total { get; }

    /// <summary>The prices of a byte or of a step that the invoices have, ascending.</summary>
    public decimal[] UnitPrice { get; }

    /// <summary>What Total and UnitPrice count. The hub does not say what its gas is worth.</summary>
    public string Unit => _isSandbox ? "hub gas, at a sandbox's made-up price" : "hub gas, not a currency";

    /// <summary>A sentence for people.</summary>
    public override string ToString()
    {
        string counts = string.Join(", ", new (int Count, string Words)[]
        {
            (Charged, "charged"), (ChargedAgain, "charged again"), (NotCharged, "not charged"), (NoInvoice, "without an invoice"), (Unknown, "unknown"),
            (NoRow, "charged without a row"),
        }.Where(static part => part.Count > 0).Select(static part => $"{part.Count} {part.Words}"));
        string missing = NoInvoice + Unknown > 0 ? " Rows without an invoice, or whose outcome is unknown, are not in it." : "";
        string total = Total?.ToString("0.############################", CultureInfo.CurrentCulture) ?? "unknown, because an invoice lacks a number";
        return $"Compare-TruebitJournal: {(counts.Length > 0 ? counts : "no rows")}. Total: {total} ({Unit}).{missing}";
    }
}
