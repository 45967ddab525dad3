using System.Management.Automation;
using Truebit.Session;

namespace Truebit;

/// <summary>A hub and where its key comes from. The key itself is not in it where it can be read again.</summary>
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

    internal ApiKeySource Key { get; }

    /// <summary>The key for a hub.</summary>
    /// <exception cref="ErrorException">It is for another one.</exception>
    internal ApiKeySource KeyFor(Uri hub) => Endpoint.Authority == hub.Authority && Endpoint.Scheme == hub.Scheme
        ? Key
        : throw new ErrorException(
            "EndpointMismatch",
            ErrorCategory.SecurityError,
            $"The session's key is for {Endpoint.Authority} and is not sent to {hub.Authority}; give -ApiKey or -SecretName with -Endpoint.");

    /// <summary>The endpoint.</summary>
    public override string ToString() => Endpoint.ToString();
}
