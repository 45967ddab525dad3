using System.Net;

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

    /// <summary>The hub's answer cannot be read, or is a redirect, which is never followed.</summary>
    InvalidResponse,

    /// <summary>The execution was not finished in the time that the caller gave.</summary>
    WaitTimeout,
}

/// <summary>A failure of one call to the hub. No message of it holds a key or a header's value.</summary>
public sealed class HubException : TruebitException
{
    internal HubException(HubErrorCode code, string message, HttpStatusCode? statusCode = null, string? hubMessage = null)
        : base(code.ToString(), message)
    {
        Code = code;
        StatusCode = statusCode;
        HubMessage = hubMessage;
    }

    /// <summary>What went wrong.</summary>
    public HubErrorCode Code { get; }

    /// <summary>The status of the hub's answer, where there was one.</summary>
    public HttpStatusCode? StatusCode { get; }

    /// <summary>The hub's own words, where it gave any.</summary>
    public string? HubMessage { get; }

    /// <summary>The execution that the failure is about, where its id is known: it can be asked for again.</summary>
    public string? ExecutionId { get; internal init; }
}
