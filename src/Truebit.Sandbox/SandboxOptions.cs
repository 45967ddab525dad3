namespace Truebit.Sandbox;

/// <summary>How a sandbox hub behaves. The defaults are those of the hub it stands in for.</summary>
public sealed record SandboxOptions
{
    /// <summary>The longest wait that the sandbox simulates.</summary>
    public static readonly TimeSpan MaxWait = TimeSpan.FromDays(1);

    /// <summary>The TCP port on 127.0.0.1, 1 to 65535; 0 (the default) takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>How long an execution takes from its acceptance on, zero (the default) to one day.</summary>
    public TimeSpan Latency { get; init; }

    /// <summary>
    /// How long a synchronous call is held before the execution's id alone is answered, zero to one day. The default is
    /// the hub's own 60 seconds (truebit-api.md 4.1).
    /// </summary>
    public TimeSpan SyncWindow { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// How many executions the payer can pay for, 0 or more; afterwards the answer is 402 (truebit-api.md 6).
    /// <see langword="null"/> (the default) is no limit.
    /// </summary>
    public long? Balance { get; init; }

    /// <summary>
    /// API tasks that are served by their manifests (OpenAPI 3.0 to 3.2, JSON or YAML): <c>namespace/name</c> and the file. Input is
    /// checked by it, and answered with its examples.
    /// </summary>
    public IReadOnlyDictionary<string, string>? Tasks { get; init; }

    /// <summary>
    /// The unit of <c>executionTimeout</c>, so that executions that take longer end by it; <see langword="null"/> (the default) lets none time out.
    /// </summary>
    public SandboxTimeoutUnit? TimeoutUnit { get; init; }

    /// <summary>What goes wrong on purpose; <see langword="null"/> (the default) is nothing.</summary>
    public SandboxFaults? Faults { get; init; }

    internal void Validate()
    {
        Check(Port is >= 0 and <= 65535, nameof(Port), "The port must be from 0 to 65535.");
        Check(IsWait(Latency), nameof(Latency), "The latency must be from zero to one day.");
        Check(IsWait(SyncWindow), nameof(SyncWindow), "The sync window must be from zero to one day.");
        Check(Balance is null or >= 0, nameof(Balance), "The balance must be 0 or more.");
        Faults?.Validate();
    }

    internal static bool IsWait(TimeSpan span) => span >= TimeSpan.Zero && span <= MaxWait;

    internal static void Check(bool holds, string name, string message)
    {
        if (!holds)
        {
            throw new ArgumentOutOfRangeException(name, message);
        }
    }
}
