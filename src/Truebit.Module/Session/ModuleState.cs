using System.Collections.Concurrent;
using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using Truebit.Client;
using Truebit.Completion;

namespace Truebit.Session;

/// <summary>
/// Everything that the module remembers between commands. There is one per runspace, because hosts such as Azure Automation run several
/// jobs in one process.
/// </summary>
internal sealed class ModuleState
{
    private static readonly ConditionalWeakTable<Runspace, ModuleState> States = new();

    private readonly ConcurrentDictionary<(Uri Endpoint, int MaxAnswer), HubClient> _clients = new();

    /// <summary>The state of the calling cmdlet's runspace. Pipeline thread only.</summary>
    public static ModuleState Current => States.GetValue(Runspace.DefaultRunspace, static runspace =>
    {
        ModuleState state = new();
        runspace.StateChanged += (_, change) =>
        {
            if (change.RunspaceStateInfo.State is RunspaceState.Closed or RunspaceState.Broken)
            {
                state.StopSandboxes();
            }
        };
        return state;
    });

    /// <summary>The session of Connect-Truebit.</summary>
    public TruebitSession? Session { get; set; }

    /// <summary>What this runspace has submitted.</summary>
    public SubmittedExecutions Submitted { get; } = new();

    /// <summary>The names of secrets, for completion.</summary>
    public SecretNames SecretNames { get; } = new();

    /// <summary>The running sandboxes of this runspace.</summary>
    public ConcurrentDictionary<Uri, TruebitSandbox> Sandboxes { get; } = new();

    /// <summary>The only client for an endpoint and a limit: commands share its connections.</summary>
    public HubClient GetClient(Uri endpoint, int maxAnswer) => _clients.GetOrAdd((endpoint, maxAnswer), static key => new HubClient(key.Endpoint, key.MaxAnswer));

    /// <summary>Frees the sandboxes' ports.</summary>
    public void StopSandboxes()
    {
        foreach (TruebitSandbox sandbox in Sandboxes.Values)
        {
            sandbox.Hub.Dispose();
        }

        Sandboxes.Clear();
    }
}
