using System.Net;

namespace Truebit.Client;

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

    /// <summary>
    /// The id that an answer gave which does not count as accepted: the execution, if there was one. Null where there was no id, or
    /// where the outcome is known.
    /// </summary>
    public string? CandidateId { get; internal init; }

    /// <summary>The same failure, with more said about it.</summary>
    internal HubException Explained(string more) => new(Code, $"{Message} {more}", StatusCode, HubMessage) { ExecutionId = ExecutionId, CandidateId = CandidateId };
}
