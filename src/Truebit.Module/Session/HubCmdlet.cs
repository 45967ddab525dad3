using System.Management.Automation;
using Truebit.Bulk;
using Truebit.Client;

namespace Truebit.Commands;

/// <summary>A cmdlet that talks to the hub: it finds hub and key in one place, and its work ends with it.</summary>
public abstract class HubCmdlet : KeyCmdlet, IDisposable
{
    /// <summary>How long a result is awaited unless the caller says otherwise.</summary>
    private protected static readonly TimeSpan DefaultTimeout = TimeSpan.FromMinutes(15);

    /// <summary>A session of Connect-Truebit or Get-TruebitSession; this runspace's own unless given.</summary>
    [Parameter]
    [ValidateNotNull]
    public TruebitSession? Session { get; set; }

    /// <summary>Carries executions to the workers and back.</summary>
    private protected ExecutionPump Pump { get; } = new();

    /// <summary>Finds hub and key.</summary>
    /// <param name="needsKey">Whether the command cannot do without one. The hub's documentation lists none for its GETs (truebit-api.md 6).</param>
    /// <param name="limit">How many executions may be in flight.</param>
    private protected HubConnection Connect(bool needsKey, int limit)
    {
        ModuleState state = ModuleState.Current;
        TruebitSession? session = Session ?? state.Session;
        Uri hub = Must(() => HubEndpoint.Check(Endpoint ?? session?.Endpoint ?? HubEndpoint.Default), Endpoint);
        ApiKeySource? source = Must(() => GivenKey() ?? session?.KeyFor(hub) ?? ApiKeySource.Ambient(Secrets) ?? (needsKey ? throw ApiKeySource.None() : null));
        WriteVerbose($"The hub is {hub}; the key comes from {source?.Description ?? "nowhere, and is not needed"}.");
        SecretText? key = Must(() => source?.Read(Secrets));
        return new HubConnection(hub, key, new TaskRunner(state.GetClient(hub), key, limit, Pump), state.Submitted);
    }

    /// <summary>Ctrl+C. It comes on another thread.</summary>
    protected override void StopProcessing() => Pump.Stop();

    /// <summary>The only call that always comes: after Select-Object -First or an error downstream there is no other.</summary>
    public void Dispose()
    {
        Pump.Dispose();
        GC.SuppressFinalize(this);
    }
}
