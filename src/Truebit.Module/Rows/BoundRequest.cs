using Truebit.Client;

namespace Truebit.Rows;

/// <summary>The request that was made of a row.</summary>
/// <param name="Request">What to send.</param>
/// <param name="Call">What it does, for messages, without anything that may be secret.</param>
/// <param name="Operation">Method and path of the manifest's operation; null without one.</param>
/// <param name="Problems">What the manifest does not allow about it.</param>
internal sealed record BoundRequest(TaskRequest Request, string Call, string? Operation, IReadOnlyList<TruebitTaskProblem> Problems)
{
    public BoundRequest(TaskRequest request, string call)
        : this(request, call, null, [])
    {
    }
}
