using System.Diagnostics;
using System.Management.Automation;
using Truebit.Bulk;
using Truebit.Client;

namespace Truebit.Commands;

/// <summary>
/// A cmdlet that talks to the hub: it finds hub and key in one place, keeps at most ThrottleLimit executions in
/// flight, and writes their ends.
/// </summary>
public abstract class HubCmdlet : KeyCmdlet, IDisposable
{
    /// <summary>How long a result is awaited unless the caller says otherwise.</summary>
    private protected static readonly TimeSpan DefaultTimeout = TimeSpan.FromMinutes(15);

    /// <summary>Where the next piece takes longer than this to come, the hub is not what is waited for.</summary>
    private static readonly TimeSpan SlowInput = TimeSpan.FromMilliseconds(10);

    private readonly Stopwatch _sinceSubmit = new();
    private RunProgress? _progress;

    /// <summary>A session of Connect-Truebit or Get-TruebitSession; this runspace's own unless given.</summary>
    [Parameter]
    [ValidateNotNull]
    public TruebitSession? Session { get; set; }

    /// <summary>Carries executions to the workers and back.</summary>
    private protected ExecutionPump Pump { get; } = new();

    /// <summary>Submits and asks, with the key.</summary>
    private protected TaskRunner Runner { get; private set; } = null!;

    /// <summary>What has become of the rows so far.</summary>
    private protected RunTally Tally { get; } = new();

    private protected Uri Hub { get; private set; } = null!;

    /// <summary>The key that goes along; null where none was found and none is needed.</summary>
    private protected SecretText? HubKey { get; private set; }

    private protected ModuleState State { get; private set; } = null!;

    /// <summary>Whether the command cannot do without a key. The hub's documentation lists none for its GETs (truebit-api.md 6).</summary>
    private protected abstract bool NeedsKey { get; }

    /// <summary>How many may be in flight.</summary>
    private protected abstract int Limit { get; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        State = ModuleState.Current;
        TruebitSession? session = Session ?? State.Session;
        Hub = Must(() => HubEndpoint.Check(Endpoint ?? session?.Endpoint ?? HubEndpoint.Default), Endpoint);
        ApiKeySource? source = Must(() => GivenKey() ?? SessionKey(session) ?? ApiKeySource.Ambient(Secrets)
            ?? (NeedsKey ? throw ApiKeySource.None() : null));
        WriteVerbose($"The hub is {Hub}; the key comes from {source?.Description ?? "nowhere, and is not needed"}.");
        HubKey = Must(() => source?.Read(Secrets));
        Runner = new TaskRunner(State.GetClient(Hub), HubKey, Limit, Pump);
        _progress = new RunProgress(this, Host, MyInvocation.MyCommand.Name);
    }

    /// <summary>
    /// Lets a piece of work in; returns when there is room for the next one. At the limit one end is written for each piece: where
    /// many end at once, the hub does not wait until all are written. Where input comes slowly, all that has ended is written.
    /// </summary>
    private protected void Submit<T>(int? number, object? target, Func<Task<T>> run)
        where T : class
    {
        bool isSlow = _sinceSubmit.Elapsed > SlowInput;
        Pump.Start(number, target, run);
        while ((isSlow || Pump.Running < Limit) && Pump.TryTake(this, out ExecutionEnd end))
        {
            Finish(end);
        }

        while (Pump.Running >= Limit)
        {
            Finish(Pump.Take(this, Tick));
        }

        _sinceSubmit.Restart();
    }

    /// <inheritdoc/>
    protected override void EndProcessing() => Drain();

    /// <summary>Waits for all that is in flight and writes it.</summary>
    private protected void Drain()
    {
        while (Pump.Running > 0)
        {
            Finish(Pump.Take(this, Tick));
        }

        _progress?.Complete();
    }

    /// <summary>Ctrl+C. It comes on another thread.</summary>
    protected override void StopProcessing() => Pump.Stop();

    /// <summary>The only call that always comes: after Select-Object -First or an error downstream there is no other.</summary>
    public void Dispose()
    {
        Pump.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Writes an error about one row; the others go on.</summary>
    private protected void Fail(ErrorRecord error)
    {
        string id = ((ErrorException)error.Exception).ErrorId;
        Tally.Unknown += id == Errors.OutcomeUnknown ? 1 : 0;
        Tally.NotSent += id == Errors.NotSentId ? 1 : 0;
        Tally.Failed += id is Errors.OutcomeUnknown or Errors.NotSentId ? 0 : 1;
        WriteError(error);
    }

    /// <summary>Writes a result.</summary>
    private protected void Write(object result)
    {
        Tally.Written++;
        WriteObject(result);
    }

    /// <summary>What to do with a failed execution; true when it was dealt with.</summary>
    private protected virtual bool Handle(ExecutionEnd end) => false;

    private void Finish(ExecutionEnd end)
    {
        if (end.Result is not null)
        {
            Write(end.Result);
        }
        else if (!Handle(end))
        {
            Fail(Errors.Record(end.Error!, end.Target, end.Number));
        }

        Tick();
    }

    /// <summary>Called after each end, and now and then while nothing ends.</summary>
    private protected virtual void Tick() => _progress?.Update(Tally, Pump.Running);

    private ApiKeySource? SessionKey(TruebitSession? session)
    {
        if (session is null)
        {
            return null;
        }

        return session.Endpoint.Authority == Hub.Authority && session.Endpoint.Scheme == Hub.Scheme
            ? session.Key
            : throw new ErrorException(
                "EndpointMismatch",
                ErrorCategory.SecurityError,
                $"The session's key is for {session.Endpoint.Authority} and is not sent to {Hub.Authority}; give -ApiKey or -SecretName with -Endpoint.");
    }
}
