namespace Truebit;

/// <summary>Whether a row of a journal was charged, according to its invoices.</summary>
public enum ChargeStatus
{
    /// <summary>Its execution has an invoice with a charge.</summary>
    Charged,

    /// <summary>The same row was charged before: a second invoice of its execution, or a second execution of its key.</summary>
    ChargedAgain,

    /// <summary>It was certainly not executed, or its invoice has no charge.</summary>
    NotCharged,

    /// <summary>It was executed, but no invoice was received.</summary>
    NoInvoice,

    /// <summary>It may have been executed and charged; the outcome is unknown.</summary>
    Unknown,

    /// <summary>An invoice of an execution that belongs to no row.</summary>
    NoRow,
}
