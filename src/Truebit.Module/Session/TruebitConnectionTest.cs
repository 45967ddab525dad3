using Truebit.Session;

namespace Truebit;

/// <summary>Whether the hub can be reached, and what it says to the key. Nothing was executed.</summary>
public sealed class TruebitConnectionTest
{
    internal TruebitConnectionTest(Uri endpoint, Uri? proxy, ConnectionAnswer answer, string? keySource, KeyCheck key, string? problem)
    {
        Endpoint = endpoint;
        Proxy = proxy;
        Reached = answer.Reached;
        StatusCode = (int?)answer.Said.StatusCode;
        Answer = answer.Said.HubMessage;
        Elapsed = answer.Elapsed;
        KeySource = keySource;
        Key = key;
        Problem = problem;
    }

    /// <summary>Whether nothing is known that would keep a run from beginning.</summary>
    public bool IsReady => Problem is null;

    /// <summary>The hub's base address.</summary>
    public Uri Endpoint { get; }

    /// <summary>The proxy on the way to it, without a user name and password; null if there is none.</summary>
    public Uri? Proxy { get; }

    /// <summary>Whether an answer came: name, route, proxy and, with https, the certificate are good.</summary>
    public bool Reached { get; }

    /// <summary>The HTTP status of the answer. A hub says 404 to an id that it does not know, and so does any web server.</summary>
    public int? StatusCode { get; }

    /// <summary>The words of the answer, by which a hub and another web server can be told apart.</summary>
    public string? Answer { get; }

    /// <summary>What the hub said to the key.</summary>
    public KeyCheck Key { get; }

    /// <summary>Where the key comes from, in words; null if there is none.</summary>
    public string? KeySource { get; }

    /// <summary>From the question to the answer, with the time to connect.</summary>
    public TimeSpan Elapsed { get; }

    /// <summary>What is wrong, and what to do about it; null if nothing is.</summary>
    public string? Problem { get; }
}
