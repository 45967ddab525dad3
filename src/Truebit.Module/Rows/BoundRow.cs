using System.Management.Automation;
using Truebit.Client;

namespace Truebit.Rows;

/// <summary>A row that is ready to be submitted.</summary>
/// <param name="InputObject">The row itself; null if everything came from the command line.</param>
/// <param name="Request">What to send.</param>
/// <param name="Mode">When it counts as done.</param>
/// <param name="Task">What is executed, for messages, without anything that may be secret.</param>
internal sealed record BoundRow(PSObject? InputObject, TaskRequest Request, SubmitMode Mode, string Task)
{
    /// <summary>Method and path of the manifest's operation; null without one.</summary>
    public string? Operation { get; init; }

    /// <summary>What the manifest does not allow about it; empty without a manifest.</summary>
    public IReadOnlyList<TruebitTaskProblem> Problems { get; init; } = [];
}
