using System.Management.Automation;
using Truebit.Client;
using Truebit.Pump;
using Truebit.Session;

namespace Truebit.Commands;

/// <summary>A cmdlet that talks to the hub.</summary>
public abstract class HubCmdlet : KeyCmdlet, IDisposable
{
    private protected const int DefaultTimeoutMinutes = 15;

    /// <summary>A session of Connect-Truebit or Get-TruebitSession; by default the session of this runspace.</summary>
    [Parameter]
    [ValidateNotNull]
    public TruebitSession? Session { get; set; }

    private TruebitSession? GivenSession => Session ?? ModuleState.Current.Session;

    /// <summary>Carries executions to the workers and back.</summary>
    private protected ExecutionPump Pump { get; } = new();

    /// <summary>Finds hub and key.</summary>
    /// <param name="needsKey">Whether the command fails without a key. The hub documents none for its GETs (truebit-api.md 6).</param>
    /// <param name="limit">How many executions may be in flight.</param>
    /// <param name="outlastsPauses">Whether rows wait as long as the hub wants; something else ends the wait.</param>
    /// <param name="rate">How fast submissions may follow each other; null where nothing limits that.</param>
    private protected HubConnection Connect(bool needsKey, int limit, bool outlastsPauses = false, SubmissionRate? rate = null)
    {
        Uri hub = OrThrowTerminating(FindHub, Endpoint);
        ApiKeySource? source = OrThrowTerminating(() => FindKey(hub, needsKey));
        WriteVerbose(source is null ? $"Using hub {hub}, without an API key (none is needed)." : $"Using hub {hub}, with the API key from {source.Description}.");
        SecretText? key = OrThrowTerminating(() => source?.Read(Secrets));
        return new HubConnection(
            hub, key, new TaskRunner(GetClient(hub), key, limit, Pump, outlastsPauses, rate) { KeySource = source?.Description }, ModuleState.Current.Submitted, Pump);
    }

    /// <summary>Waits for what a worker does, until Ctrl+C.</summary>
    private protected static T Await<T>(Task<T> work)
    {
        try
        {
            return work.GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            throw new PipelineStoppedException();
        }
    }

    /// <summary>The client that this runspace has for the hub.</summary>
    private protected HubClient GetClient(Uri hub) => ModuleState.Current.GetClient(hub, GivenSession?.MaxAnswerSize ?? HubClient.DefaultMaxAnswer);

    /// <summary>The hub of the command line, of the session, or else the public one.</summary>
    /// <exception cref="ErrorException">It is not a valid address, or the key would be sent unencrypted.</exception>
    private protected Uri FindHub() => HubEndpoint.Check(Endpoint ?? GivenSession?.Endpoint ?? HubEndpoint.Default);

    /// <summary>The first source that may have the key for this hub; null where none is needed and there is none.</summary>
    /// <exception cref="ErrorException">A key is needed and there is none, or the session's belongs to another hub.</exception>
    private protected ApiKeySource? FindKey(Uri hub, bool needsKey)
    {
        ErrorException? problem = null;
        ApiKeySource? source = GivenKey() ?? GivenSession?.KeyFor(hub) ?? ApiKeySource.FromEnvironment(Secrets, hub, out problem);
        if (source is null && needsKey)
        {
            throw problem ?? ApiKeySource.Missing(hub);
        }

        if (problem is not null)
        {
            WriteVerbose(problem.Message);
        }

        return source;
    }

    /// <summary>Ctrl+C. The engine calls it on another thread.</summary>
    protected override void StopProcessing() => Pump.Stop();

    /// <summary>Called when nothing is awaited any more. No stream can be written to then.</summary>
    private protected virtual void OnDisposed()
    {
    }

    /// <summary>The only call that always comes: after Select-Object -First or an error downstream there is no other.</summary>
    public void Dispose()
    {
        Pump.Dispose();
        OnDisposed();
        GC.SuppressFinalize(this);
    }
}
