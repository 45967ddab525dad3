using System.Management.Automation;
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

    /// <summary>Writes the session.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Reads the key once, so that a mistake shows here and not in the first paid command.</summary>
    protected override void ProcessRecord()
    {
        Uri endpoint = OrThrowTerminating(() => HubEndpoint.Check(Endpoint ?? Sandbox?.Endpoint ?? HubEndpoint.Default), Endpoint);
        ApiKeySource source = OrThrowTerminating(() => GivenKey() ?? SandboxKey() ?? ApiKeySource.FromEnvironment(Secrets, endpoint) ?? throw ApiKeySource.Missing(endpoint));
        OrThrowTerminating(() => source.Read(Secrets));
        TruebitSession session = new(endpoint, source);
        ModuleState.Current.Session = session;
        WriteVerbose($"Connected to {endpoint}, with the API key from {source.Description}.");
        if (PassThru)
        {
            WriteObject(session);
        }
    }

    private ApiKeySource? SandboxKey() => Sandbox is null ? null : ApiKeySource.FromKey(Sandbox.ApiKey, "the sandbox");
}
