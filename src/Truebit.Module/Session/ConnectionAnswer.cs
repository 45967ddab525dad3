using Truebit.Client;

namespace Truebit.Session;

/// <summary>What came of a question to a hub.</summary>
/// <param name="Said">The hub's answer, as the failure that it is.</param>
/// <param name="Elapsed">From the question to the answer.</param>
internal sealed record ConnectionAnswer(HubException Said, TimeSpan Elapsed)
{
    /// <summary>Whether anybody answered.</summary>
    public bool Reached => Said.Code != HubErrorCode.HubUnreachable;

    /// <summary>Whether it is what a hub says to an id that it does not know. It may also refuse to look for such an id.</summary>
    public bool IsFromHub => Said.Code is HubErrorCode.ExecutionNotFound or HubErrorCode.InvalidRequest;

    /// <summary>Whether the hub wants another key, or any.</summary>
    public bool RefusesKey => Said.Code == HubErrorCode.AuthenticationFailed;
}
