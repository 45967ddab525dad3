namespace Truebit.Client;

/// <summary>The hub that a journal belongs to: its ids mean nothing to another.</summary>
/// <param name="Address">Scheme, host and port.</param>
/// <param name="IsLocal">Whether it runs on this machine, as a sandbox does: then it takes its executions with it when it ends.</param>
public sealed record JournalHub(string Address, bool IsLocal)
{
    /// <summary>The hub at an endpoint.</summary>
    public static JournalHub Create(Uri endpoint) => new(endpoint.GetLeftPart(UriPartial.Authority), endpoint.IsLoopback);

    /// <summary>The address, marked if it is a sandbox.</summary>
    public override string ToString() => IsLocal ? $"{Address} (sandbox)" : Address;
}
