namespace Truebit.Client;

/// <summary>The names of the members that <see cref="ExecutionReader"/> reads: without them a kept answer would not be one.</summary>
internal static class ExecutionMembers
{
    private static readonly HashSet<string> Names = new(StringComparer.Ordinal)
    {
        "executionId", "status", "verificationStatus", "clearTextSolution", "output", "executionStatus", "senderAddress",
        "signature", "v", "r", "s", "totalTransferredBytes", "request", "response",
    };

    public static bool Contains(string name) => Names.Contains(name);
}
