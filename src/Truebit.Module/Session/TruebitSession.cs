using System.Management.Automation;
using Truebit.Client;
using Truebit.Session;

namespace Truebit;

/// <summary>A hub and the source of its key. It contains the key only if its source cannot be read again.</summary>
public sealed class TruebitSession
{
    internal TruebitSession(Uri endpoint, ApiKeySource key)
    {
        Endpoint = endpoint;
        Key = key;
    }

    /// <summary>The hub's base address. The session's key goes to this host only.</summary>
    public Uri Endpoint { get; }

    /// <summary>Where the key comes from, in words.</summary>
    public string KeySource => Key.Description;

    /// <summary>How long a result, transcript or invoice may be, in bytes, before and after it is decompressed.</summary>
    public int MaxAnswerSize { get; internal init; } = HubClient.DefaultMaxAnswer;

    internal ApiKeySource Key { get; }

    /// <summary>The key, if it may be sent to this hub.</summary>
    /// <exception cref="ErrorException">The key belongs to another hub.</exception>
    internal ApiKeySource KeyFor(Uri hub) => Endpoint.Authority == hub.Authority && Endpoint.Scheme == hub.Scheme
        ? Key
        : throw new ErrorException(
            "EndpointMismatch",
            ErrorCategory.SecurityError,
            $"The session's key belongs to {Endpoint.Authority} and is not sent to {hub.Authority}; give -ApiKey or -SecretName with -Endpoint.");

    public override string ToString() => Endpoint.ToString();
}
