using System.Collections.Concurrent;
using System.Diagnostics;
using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace Truebit.Completion;

/// <summary>
/// The names that SecretManagement lists. It is queried in the background, in a runspace whose host has no console, as its own completers
/// do: a locked vault cannot prompt there. A result that comes too late is there for the next completion.
/// </summary>
internal sealed class SecretNames
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan MaxQueryTime = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<(string Cmdlet, string? Vault), Listing> _listings = new();

    /// <summary>The registered vaults; empty until SecretManagement has answered.</summary>
    public IReadOnlyList<string> Vaults(TimeSpan patience) => List("Get-SecretVault", null, patience);

    /// <summary>The secrets of one vault or of all; empty until SecretManagement has answered.</summary>
    public IReadOnlyList<string> Secrets(string? vault, TimeSpan patience) => List("Get-SecretInfo", vault, patience);

    /// <summary>Waits, for a limited time, for running queries: SecretManagement cannot handle two at once.</summary>
    public void Settle() => Task.WaitAll([.. _listings.Values.Select(static listing => listing.Names)], MaxQueryTime);

    private IReadOnlyList<string> List(string cmdlet, string? vault, TimeSpan patience)
    {
        Listing listing = _listings.AddOrUpdate(
            (cmdlet, vault),
            static key => new Listing(key.Cmdlet, key.Vault),
            static (key, old) => old.Names.IsCompleted && old.Age.Elapsed > Fresh ? new Listing(key.Cmdlet, key.Vault) : old);
        return listing.Names.Wait(patience) ? listing.Names.Result : [];
    }

    private sealed class Listing(string cmdlet, string? vault)
    {
        private readonly Lazy<Task<IReadOnlyList<string>>> _names = new(() => Task.Run(() => GetNames(cmdlet, vault)));

        public Stopwatch Age { get; } = Stopwatch.StartNew();

        public Task<IReadOnlyList<string>> Names => _names.Value;

        private static IReadOnlyList<string> GetNames(string cmdlet, string? vault)
        {
            using Runspace runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());

            // Use this pool thread: a thread of the runspace is not a background thread, and the process would wait for a vault that hangs.
            runspace.ThreadOptions = PSThreadOptions.UseCurrentThread;
            runspace.Open();
            using PowerShell shell = PowerShell.Create();
            shell.Runspace = runspace;
            shell.AddCommand($@"Microsoft.PowerShell.SecretManagement\{cmdlet}").AddParameter("ErrorAction", ActionPreference.Ignore);
            if (vault is not null)
            {
                shell.AddParameter("Vault", vault);
            }

            try
            {
                return [.. shell.Invoke().Select(static found => found?.Properties["Name"]?.Value as string).OfType<string>()];
            }
            catch (RuntimeException)
            {
                // SecretManagement is not installed, or a vault is locked: there is nothing to suggest.
                return [];
            }
        }
    }
}
