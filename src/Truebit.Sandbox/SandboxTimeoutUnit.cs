namespace Truebit.Sandbox;

/// <summary>How a sandbox reads <c>executionTimeout</c>: the hub's documentation says seconds, and all its samples look like milliseconds (truebit-api.md 4.3).</summary>
public enum SandboxTimeoutUnit
{
    /// <summary>Thousandths of a second.</summary>
    Milliseconds,

    /// <summary>Seconds.</summary>
    Seconds,
}
