namespace Truebit;

/// <summary>Whether a row of a journal was charged, as far as its invoices tell.</summary>
public enum ChargeStatus
{
    /// <summary>Its execution has an invoice with a charge.</summary>
    Charged,

    /// <summary>The same row was charged before: a second invoice of its execution, or a second execution of its key.</summary>
    ChargedAgain,

    /// <summary>It was surely not executed, or its invoice has no charge.</summary>
    NotCharged,

    /// <summary>It was executed, and no invoice of it came in.</summary>
    NoInvoice,

    /// <summary>It may have been executed and charged, and nobody knows.</summary>
    Unknown,

    /// <summary>An invoice of an execution that belongs to no row.</summary>
    NoRow,
}
