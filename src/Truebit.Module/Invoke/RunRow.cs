using System.Management.Automation;
using Truebit.Client;
using Truebit.Rows;

namespace Truebit.Invoke;

/// <summary>A row of a run: its request, who it is, and what earlier runs have written of it.</summary>
internal sealed record RunRow(BoundRow Bound, int? Number, RowIdentity Identity, string? Key, string? RowId, JournalEntry? Earlier)
{
    public PSObject? InputObject => Bound.InputObject;

    public TaskRequest Request => Bound.Request;

    public SubmitMode Mode => Bound.Mode;

    /// <summary>What is executed, in words that hold no secret.</summary>
    public string Task => Bound.Task;

    /// <summary>What errors are about: the row, or the task where everything came from the command line.</summary>
    public object Target => (object?)InputObject ?? Task;
}
