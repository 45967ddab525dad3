using System.Collections.Concurrent;
using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using Truebit.Client;
using Truebit.Completion;

namespace Truebit.Session;

/// <summary>
/// All that the module remembers between commands. It belongs to the runspace, because hosts such as Azure
/// Automation run several jobs in one process.
/// </summary>
internal sealed class ModuleState
{
    private static readonly ConditionalWeakTable<Runspace, ModuleState> States = new();

    private readonly ConcurrentDictionary<Uri, HubClient> _clients = new();

    /// <summary>The state of the runspace that runs the calling cmdlet. Call it on the pipeline thread.</summary>
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

    /// <summary>What Connect-Truebit has set up.</summary>
    public TruebitSession? Session { get; set; }

    /// <summary>What was submitted from here.</summary>
    public SubmittedExecutions Submitted { get; } = new();

    /// <summary>What SecretManagement lists, for completion.</summary>
    public SecretNames SecretNames { get; } = new();

    /// <summary>The sandboxes that were started from here and not stopped.</summary>
    public ConcurrentDictionary<Uri, TruebitSandbox> Sandboxes { get; } = new();

    /// <summary>The one client for an endpoint: its connections are reused from command to command.</summary>
    public HubClient GetClient(Uri endpoint) => _clients.GetOrAdd(endpoint, static address => new HubClient(address));

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
