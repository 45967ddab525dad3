using Truebit.Client;
using Truebit.Sandbox;

namespace Truebit;

/// <summary>A local hub and its counts, to try a script before it uses the real hub.</summary>
public sealed class TruebitSandbox
{
    internal TruebitSandbox(SandboxHub hub)
    {
        Hub = hub;
        ApiKey = new SecretText(hub.ApiKey);
    }

    public Uri Endpoint => Hub.Endpoint;

    /// <summary>The key of this sandbox; it is never shown.</summary>
    public SecretText ApiKey { get; }

    /// <summary>Whether it still runs.</summary>
    public bool IsRunning => Hub.IsRunning;

    /// <summary>Calls to the execute endpoints, whatever their outcome.</summary>
    public long Submissions => Hub.Counts.Submissions;

    /// <summary>Executions that were accepted.</summary>
    public long Executions => Hub.Counts.Executions;

    /// <summary>Executions that the real hub would have charged for.</summary>
    public long Charges => Hub.Counts.Charges;

    /// <summary>Calls that were refused, or reset before they were handled.</summary>
    public long Rejections => Hub.Counts.Rejections;

    /// <summary>Calls to the status endpoints; they cost nothing.</summary>
    public long StatusQueries => Hub.Counts.StatusQueries;

    /// <summary>How many injected faults have happened.</summary>
    public long Faults => Hub.Counts.Faults;

    /// <summary>The Seed of the faults, to repeat them; null without -Fault.</summary>
    public int? FaultSeed => Hub.FaultSeed;

    internal SandboxHub Hub { get; }

    public override string ToString() => Endpoint.ToString();
}
