using System.Collections.Concurrent;
using System.Diagnostics;
using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace Truebit.Completion;

/// <summary>
/// The names that SecretManagement lists. It is asked in the background, in a runspace whose host has no console, as its own
/// completers do: a locked vault cannot prompt there. Who does not get an answer in time finds it at the next try.
/// </summary>
internal sealed class SecretNames
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestQuestion = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<(string Cmdlet, string? Vault), Query> _queries = new();

    /// <summary>The registered vaults; none while SecretManagement has not answered.</summary>
    public IReadOnlyList<string> Vaults(TimeSpan patience) => Ask("Get-SecretVault", null, patience);

    /// <summary>The secrets of a vault, or of all; none while SecretManagement has not answered.</summary>
    public IReadOnlyList<string> Secrets(string? vault, TimeSpan patience) => Ask("Get-SecretInfo", vault, patience);

    /// <summary>Waits for questions that are under way, but not for ever: SecretManagement cannot answer two at a time.</summary>
    public void Settle() => Task.WaitAll([.. _queries.Values.Select(static query => query.Names)], LongestQuestion);

    private IReadOnlyList<string> Ask(string cmdlet, string? vault, TimeSpan patience)
    {
        Query query = _queries.AddOrUpdate(
            (cmdlet, vault),
            static key => new Query(key.Cmdlet, key.Vault),
            static (key, old) => old.Names.IsCompleted && old.Age.Elapsed > Fresh ? new Query(key.Cmdlet, key.Vault) : old);
        return query.Names.Wait(patience) ? query.Names.Result : [];
    }

    private sealed class Query(string cmdlet, string? vault)
    {
        private readonly Lazy<Task<IReadOnlyList<string>>> _names = new(() => Task.Run(() => List(cmdlet, vault)));

        public Stopwatch Age { get; } = Stopwatch.StartNew();

        public Task<IReadOnlyList<string>> Names => _names.Value;

        private static IReadOnlyList<string> List(string cmdlet, string? vault)
        {
            using Runspace runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());

            // On this thread of the pool: one of the runspace's own is no background thread, and a host's process would wait for a vault that hangs.
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
                // SecretManagement is not installed, or a vault is locked: then there is nothing to suggest.
                return [];
            }
        }
    }
}
