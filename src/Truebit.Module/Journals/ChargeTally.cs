using Truebit.Documents;

namespace Truebit.Journals;

/// <summary>Matches invoices with the rows of journals, and adds up what they say.</summary>
internal sealed class ChargeTally
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

    /// <summary>Adds an invoice. All come before the rows. Returns false for a second copy, which is not a second charge.</summary>
    public bool Add(TruebitInvoice invoice)
    {
        if (invoice.UnitPrice is decimal price)
        {
            _prices.Add(price);
        }

        return _reconciliation.Add(invoice);
    }

    /// <summary>Adds a row. Returns what it cost: an object for each of its invoices, at least one.</summary>
    public IReadOnlyList<TruebitJournalCharge> Settle(TruebitJournalEntry row) => Count(_reconciliation.Settle(row));

    /// <summary>Adds and returns the invoices that no row took. Call it once, after the last row.</summary>
    public IReadOnlyList<TruebitJournalCharge> Complete() => Count(_reconciliation.WithoutRow());

    private static decimal? Sum(decimal? one, decimal? other) => one is decimal a && other is decimal b ? ExactNumber.Add(a, b) : null;

    private IReadOnlyList<TruebitJournalCharge> Count(IEnumerable<TruebitJournalCharge> charges)
    {
        TruebitJournalCharge[] all = [.. charges];
        foreach (TruebitJournalCharge charge in all)
        {
            _counts[charge.Ending] = Count(charge.Ending) + 1;
            if (charge.InvoiceId is not null || charge.Total is not null)
            {
                _totals[charge.Ending] = Sum(TotalOf(charge.Ending), charge.Ending == ChargeStatus.NotCharged ? 0 : charge.Total);
            }
        }

        return all;
    }
}
