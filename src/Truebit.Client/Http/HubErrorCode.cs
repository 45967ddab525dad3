namespace Truebit.Client;

/// <summary>The stable names of what can go wrong; they are the ErrorIds that scripts may rely on.</summary>
public enum HubErrorCode
{
    /// <summary>There was no connection; nothing was sent.</summary>
    HubUnreachable,

    /// <summary>The hub asked for a longer pause than is waited for; nothing was executed.</summary>
    RateLimited,

    /// <summary>The hub refused the request; nothing was executed.</summary>
    InvalidRequest,

    /// <summary>The hub refused the key; nothing was executed.</summary>
    AuthenticationFailed,

    /// <summary>The payer cannot cover the execution; nothing was executed.</summary>
    PaymentRequired,

    /// <summary>The request may have been handled, and its answer is lost.</summary>
    OutcomeUnknown,

    /// <summary>The hub does not know the execution's id.</summary>
    ExecutionNotFound,

    /// <summary>The hub has no such transcript, or not yet.</summary>
    TranscriptNotFound,

    /// <summary>The hub has no such invoice, or not yet.</summary>
    InvoiceNotFound,

    /// <summary>The hub's answer to a query cannot be read, is about another execution, or is a redirect, which is never followed.</summary>
    InvalidResponse,

    /// <summary>The hub's answer to a query is longer than the limit, or than the memory that is left.</summary>
    AnswerTooLong,

    /// <summary>The execution was not finished in the time that the caller gave.</summary>
    WaitTimeout,
}
