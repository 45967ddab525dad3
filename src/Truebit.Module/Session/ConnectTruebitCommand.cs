using System.Management.Automation;

namespace Truebit.Commands;

/// <summary>Sets hub and key for the commands of this runspace.</summary>
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

    /// <summary>The key is read once, so that a mistake shows here and not in the first paid command.</summary>
    protected override void ProcessRecord()
    {
        Uri endpoint = Must(() => HubEndpoint.Check(Endpoint ?? Sandbox?.Endpoint ?? HubEndpoint.Default), Endpoint);
        ApiKeySource source = Must(() => GivenKey() ?? SandboxKey() ?? ApiKeySource.Ambient(Secrets) ?? throw ApiKeySource.None());
        Must(() => source.Read(Secrets));
        TruebitSession session = new(endpoint, source);
        ModuleState.Current.Session = session;
        WriteVerbose($"Connected to {endpoint}; the key comes from {source.Description}.");
        if (PassThru)
        {
            WriteObject(session);
        }
    }

    private ApiKeySource? SandboxKey() => Sandbox is null ? null : ApiKeySource.Given(Sandbox.ApiKey, "the sandbox");
}
