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

    /// <summary>The endpoint.</summary>
    public override string ToString() => Endpoint.ToString();
}
