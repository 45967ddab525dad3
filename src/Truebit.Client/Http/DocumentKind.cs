namespace Truebit.Client;

/// <summary>What the hub keeps of an execution.</summary>
public enum DocumentKind
{
    /// <summary>What was done, message by message (truebit-api.md 8).</summary>
    Transcript,

    /// <summary>What is charged for it (truebit-api.md 9).</summary>
    Invoice,
}
