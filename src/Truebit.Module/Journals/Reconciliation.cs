namespace Truebit.Journals;

/// <summary>Matches invoices with the rows of journals. Those that remain were charged without a row.</summary>
internal sealed class Reconciliation
{
    private readonly Dictionary<string, List<TruebitInvoice>> _byExecution = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _order = [];
    private readonly Dictionary<string, TruebitJournalEntry> _taken = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<(string?, string), TruebitJournalEntry> _charged = [];

    /// <summary>Adds an invoice. Returns false for a second copy, which is not a second charge.</summary>
    public bool Add(TruebitInvoice invoice)
    {
        string id = invoice.ExecutionId ?? "";
        if (!_byExecution.TryGetValue(id, out List<TruebitInvoice>? invoices))
        {
            _byExecution.Add(id, invoices = []);
            _order.Add(id);
        }

        bool isNew = !invoices.Exists(other => (other.InvoiceId ?? other.RawJson) == (invoice.InvoiceId ?? invoice.RawJson));
        if (isNew)
        {
            invoices.Add(invoice);
        }

        return isNew;
    }

    /// <summary>What a row cost: an object for each of its invoices, at least one. Call it once for each row, in their order.</summary>
    public IEnumerable<TruebitJournalCharge> Settle(TruebitJournalEntry row)
    {
        if (row.ExecutionId is not string id)
        {
            return [WithoutExecution(row)];
        }

        if (_taken.TryGetValue(id, out TruebitJournalEntry? other))
        {
            return [new(ChargeStatus.NoInvoice, row, null, $"{Name(other)} has the same execution id and took its invoice.")];
        }

        if (!_byExecution.TryGetValue(id, out List<TruebitInvoice>? invoices))
        {
            return [new(ChargeStatus.NoInvoice, row, null, "No invoice was received for this execution.")];
        }

        _taken.Add(id, row);
        return [.. invoices.OrderByDescending(static invoice => invoice.HasCharge).Select((invoice, index) => Charge(row, invoice, isFirst: index == 0))];
    }

    /// <summary>The invoices without a row. Call it after all rows are settled.</summary>
    public IEnumerable<TruebitJournalCharge> WithoutRow() => _order
        .Where(id => !_taken.ContainsKey(id))
        .SelectMany(id => _byExecution[id])
        .Select(static invoice => new TruebitJournalCharge(ChargeStatus.NoRow, null, invoice, "Charged without a row: no row has this execution id."));

    private TruebitJournalCharge Charge(TruebitJournalEntry row, TruebitInvoice invoice, bool isFirst)
    {
        if (!invoice.HasCharge)
        {
            return new(ChargeStatus.NotCharged, row, invoice, "The invoice has no charge.");
        }

        if (!isFirst)
        {
            return new(ChargeStatus.ChargedAgain, row, invoice, "The execution has another invoice as well.");
        }

        if (row.Key is string key)
        {
            if (_charged.TryGetValue((row.Task, key), out TruebitJournalEntry? earlier))
            {
                return new(ChargeStatus.ChargedAgain, row, invoice, $"{Name(earlier)} has the same key, and was charged for another execution.");
            }

            _charged.Add((row.Task, key), row);
        }

        return new(ChargeStatus.Charged, row, invoice, invoice.Total is null ? "Total unknown: the invoice lacks a number." : null);
    }

    private static TruebitJournalCharge WithoutExecution(TruebitJournalEntry row) => row.IsUnknown
        ? new(ChargeStatus.Unknown, row, null, row.Reason ?? "The run ended before the answer came.")
        : new(ChargeStatus.NotCharged, row, null, null);

    private static string Name(TruebitJournalEntry row) => $"Row {row.Row} of '{row.Path}'";
}
