using Truebit.Client;
using Truebit.Sandbox;

namespace Truebit;

/// <summary>An execution that a sandbox really made, and that the real hub would have charged for.</summary>
public sealed class TruebitSandboxCharge
{
    private readonly SandboxCharge _charge;

    internal TruebitSandboxCharge(Uri endpoint, SandboxCharge charge)
    {
        Endpoint = endpoint;
        _charge = charge;
    }

    public string ExecutionId => _charge.ExecutionId;

    /// <summary>Api or Function.</summary>
    public string Kind => _charge.Kind.ToString();

    public string Namespace => _charge.Namespace;

    public string TaskName => _charge.TaskName;

    /// <summary>The input as JSON, as it was sent, with (secret) in place of header values.</summary>
    public string Input => InputHeaders.Hide(_charge.Input);

    /// <summary>The invoice's total, in the hub's gas.</summary>
    public decimal Gas => _charge.Gas;

    /// <summary>When it was accepted (UTC).</summary>
    public DateTime AcceptedAt => _charge.AcceptedAt;

    /// <summary>False if an injected fault kept its id from the caller.</summary>
    public bool WasAnswered => _charge.WasAnswered;

    /// <summary>The address of the sandbox.</summary>
    public Uri Endpoint { get; }

    /// <summary>The id and the task.</summary>
    public override string ToString() => $"{ExecutionId} {Namespace}/{TaskName}";
}
