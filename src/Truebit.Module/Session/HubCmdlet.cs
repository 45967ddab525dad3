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

    /// <summary>Carries executions to the workers and back.</summary>
    private protected ExecutionPump Pump { get; } = new();

    /// <summary>Finds hub and key.</summary>
    /// <param name="needsKey">Whether the command fails without a key. The hub documents none for its GETs (truebit-api.md 6).</param>
    /// <param name="limit">How many executions may be in flight.</param>
    /// <param name="outlastsPauses">Whether rows wait as long as the hub wants; something else ends the wait.</param>
    /// <param name="rate">How fast submissions may follow each other; null where nothing limits that.</param>
    private protected HubConnection Connect(bool needsKey, int limit, bool outlastsPauses = false, SubmissionRate? rate = null)
    {
        ModuleState state = ModuleState.Current;
        TruebitSession? session = Session ?? state.Session;
        Uri hub = OrThrowTerminating(() => HubEndpoint.Check(Endpoint ?? session?.Endpoint ?? HubEndpoint.Default), Endpoint);
        ApiKeySource? source = OrThrowTerminating(
            () => GivenKey() ?? session?.KeyFor(hub) ?? ApiKeySource.FromEnvironment(Secrets, hub) ?? (needsKey ? throw ApiKeySource.Missing(hub) : null));
        WriteVerbose(source is null ? $"Using hub {hub}, without an API key (none is needed)." : $"Using hub {hub}, with the API key from {source.Description}.");
        SecretText? key = OrThrowTerminating(() => source?.Read(Secrets));
        HubClient client = state.GetClient(hub, session?.MaxAnswerSize ?? HubClient.DefaultMaxAnswer);
        return new HubConnection(hub, key, new TaskRunner(client, key, limit, Pump, outlastsPauses, rate) { KeySource = source?.Description }, state.Submitted, Pump);
    }

    /// <summary>Ctrl+C. The engine calls it on another thread.</summary>
    protected override void StopProcessing() => Pump.Stop();

    /// <summary>The only call that always comes: after Select-Object -First or an error downstream there is no other.</summary>
    public void Dispose()
    {
        Pump.Dispose();
        GC.SuppressFinalize(this);
    }
}
