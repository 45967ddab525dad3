using System.Management.Automation;
using Truebit.Client;
using Truebit.Session;

namespace Truebit.Commands;

/// <summary>Sets the hub and the key for the commands of this runspace.</summary>
[Cmdlet(VerbsCommunications.Connect, "Truebit")]
[OutputType(typeof(TruebitSession))]
public sealed class ConnectTruebitCommand : KeyCmdlet
{
    /// <summary>A sandbox of Start-TruebitSandbox: its address and its key.</summary>
    [Parameter(ValueFromPipeline = true)]
    [ValidateNotNull]
    public TruebitSandbox? Sandbox { get; set; }

    /// <summary>How long a result, transcript or invoice of the hub may be, in bytes, before and after it is decompressed.</summary>
    [Parameter]
    [ValidateRange(1024 * 1024, 1024 * 1024 * 1024)]
    public int MaxAnswerSize { get; set; } = HubClient.DefaultMaxAnswer;

    /// <summary>Writes the session.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Reads the key once, so that a mistake shows here and not in the first paid command.</summary>
    protected override void ProcessRecord()
    {
        Uri endpoint = OrThrowTerminating(() => HubEndpoint.Check(Endpoint ?? Sandbox?.Endpoint ?? HubEndpoint.Default), Endpoint);
        ApiKeySource source = OrThrowTerminating(() => GivenKey() ?? SandboxKey() ?? ApiKeySource.FromEnvironment(Secrets, endpoint, out ErrorException? problem) ?? throw problem ?? ApiKeySource.Missing(endpoint));
        OrThrowTerminating(() => source.Read(Secrets));
        TruebitSession session = new(endpoint, source) { MaxAnswerSize = MaxAnswerSize };
        ModuleState.Current.Session = session;
        WriteVerbose($"Connected to {endpoint}, with the API key from {source.Description}.");
        if (PassThru)
        {
            WriteObject(session);
        }
    }

    private ApiKeySource? SandboxKey() => Sandbox is null ? null : ApiKeySource.FromKey(Sandbox.ApiKey, "the sandbox");
}
