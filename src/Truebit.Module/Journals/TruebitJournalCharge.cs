namespace Truebit;

/// <summary>What a row of a journal cost, or an invoice without a row.</summary>
public sealed class TruebitJournalCharge
{
    private readonly TruebitJournalEntry? _row;
    private readonly TruebitInvoice? _invoice;

    internal TruebitJournalCharge(ChargeStatus status, TruebitJournalEntry? row, TruebitInvoice? invoice, string? problem)
    {
        Ending = status;
        _row = row;
        _invoice = invoice;
        Problem = problem;
    }

    /// <summary>Charged, ChargedAgain, NotCharged, NoInvoice, Unknown or NoRow.</summary>
    public string Status => Ending.ToString();

    internal ChargeStatus Ending { get; }

    /// <summary>The row's place in the input, from 1.</summary>
    public int? Row => _row?.Row;

    /// <summary>The row's key, if -Key named a column.</summary>
    public string? Key => _row?.Key;

    /// <summary>namespace/task.</summary>
    public string? Task => _row?.Task;

    /// <summary>What the journal says of the row.</summary>
    public string? State => _row?.State;

    public string? ExecutionId => _invoice?.ExecutionId ?? _row?.ExecutionId;

    /// <summary>The invoice, if there is one.</summary>
    public string? InvoiceId => _invoice?.InvoiceId;

    /// <summary>The invoice's total in the hub's gas; null without an invoice, or if it is unknown.</summary>
    public decimal? Total => _invoice?.Total;

    /// <summary>What needs attention; null if nothing does.</summary>
    public string? Problem { get; }

    /// <summary>The row's name in the journal.</summary>
    public string? RowId => _row?.RowId;

    public string? Path => _row?.Path;

    /// <summary>The row and the status.</summary>
    public override string ToString() => _row is null ? $"{ExecutionId} {Status}" : $"row {Row} {Status}";
}
