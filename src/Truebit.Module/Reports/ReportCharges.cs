using Truebit.Documents;
using Truebit.Journals;

namespace Truebit.Reports;

/// <summary>What invoices say that the rows of a run cost.</summary>
internal sealed class ReportCharges
{
    private readonly Reconciliation _reconciliation = new();
    private readonly Dictionary<ChargeStatus, int> _counts = [];
    private readonly Dictionary<ChargeStatus, decimal?> _totals = [];
    private readonly HashSet<decimal> _prices = [];

    /// <summary>The prices of a byte or of a step, ascending, in the hub's gas.</summary>
    public IReadOnlyList<decimal> Prices => [.. _prices.OrderBy(static price => price)];

    /// <summary>The sum of all charges in the hub's gas; null if a total is unknown, or a decimal cannot hold it exactly.</summary>
    public decimal? Total => _totals.Values.Aggregate((decimal?)0, Sum);

    /// <summary>How many rows, or invoices without a row, there are of this kind.</summary>
    public int Count(ChargeStatus status) => _counts.TryGetValue(status, out int count) ? count : 0;

    /// <summary>What those of this kind cost in the hub's gas; null if that is unknown.</summary>
    public decimal? TotalOf(ChargeStatus status) => _totals.TryGetValue(status, out decimal? total) ? total : 0;

    /// <summary>Adds an invoice. All come before the rows.</summary>
    public void Add(TruebitInvoice invoice)
    {
        _reconciliation.Add(invoice);
        if (invoice.UnitPrice is decimal price)
        {
            _prices.Add(price);
        }
    }

    /// <summary>Adds a row.</summary>
    public void Add(TruebitJournalEntry row) => Count(_reconciliation.Settle(row));

    /// <summary>Counts the invoices that no row took. Call it once, after the last row.</summary>
    public void Complete() => Count(_reconciliation.WithoutRow());

    private static decimal? Sum(decimal? one, decimal? other) => one is decimal a && other is decimal b ? ExactNumber.Add(a, b) : null;

    private void Count(IEnumerable<TruebitJournalCharge> charges)
    {
        foreach (TruebitJournalCharge charge in charges)
        {
            _counts[charge.Status] = Count(charge.Status) + 1;
            if (charge.InvoiceId is not null || charge.Total is not null)
            {
                _totals[charge.Status] = Sum(TotalOf(charge.Status), charge.Status == ChargeStatus.NotCharged ? 0 : charge.Total);
            }
        }
    }
}
