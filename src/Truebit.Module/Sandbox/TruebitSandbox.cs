using Truebit.Client;
using Truebit.Sandbox;

namespace Truebit;

/// <summary>A local hub and what it has counted, to be read before a script meets the real one.</summary>
public sealed class TruebitSandbox
{
    internal TruebitSandbox(SandboxHub hub)
    {
        Hub = hub;
        ApiKey = new SecretText(hub.ApiKey);
    }

    /// <summary>The address.</summary>
    public Uri Endpoint => Hub.Endpoint;

    /// <summary>The key of this sandbox; it shows nowhere.</summary>
    public SecretText ApiKey { get; }

    /// <summary>Whether it still answers.</summary>
    public bool IsRunning => Hub.IsRunning;

    /// <summary>Calls to the execute endpoints, whatever came of them.</summary>
    public long Submissions => Hub.Counts.Submissions;

    /// <summary>Executions that were accepted.</summary>
    public long Executions => Hub.Counts.Executions;

    /// <summary>Executions that the real hub would have charged for.</summary>
    public long Charges => Hub.Counts.Charges;

    /// <summary>Calls that were refused, or reset before they were handled.</summary>
    public long Rejections => Hub.Counts.Rejections;

    /// <summary>Calls to the status endpoints; they cost nothing.</summary>
    public long StatusQueries => Hub.Counts.StatusQueries;

    /// <summary>Faults of -Fault that have happened so far.</summary>
    public long Faults => Hub.Counts.Faults;

    /// <summary>The Seed of the faults, to have the same ones again; null without -Fault.</summary>
    public int? FaultSeed => Hub.FaultSeed;

    internal SandboxHub Hub { get; }

    /// <summary>The address.</summary>
    public override string ToString() => Endpoint.ToString();
}
