using System.Management.Automation;
using Truebit.Client;
using Truebit.Rows;

namespace Truebit.Invoke;

/// <summary>A row of a run: its request, its identity, and what earlier runs have written about it.</summary>
internal sealed record RunRow(BoundRow Bound, int? Number, RowIdentity Identity, string? Key, string? RowId, JournalEntry? Earlier)
{
    public PSObject? InputObject => Bound.InputObject;

    public TaskRequest Request => Bound.Request;

    public SubmitMode Mode => Bound.Mode;

    /// <summary>What is executed, for messages, without anything that may be secret.</summary>
    public string Task => Bound.Task;

    /// <summary>Which row it is, and what is executed.</summary>
    public string Description => Number is int number ? $"row {number}{(Key is null ? "" : $" ({Key})")}: {Task}" : Task;

    /// <summary>What errors about it say.</summary>
    public RowRef Ref => new((object?)InputObject ?? Task, Number, Key) { RowId = RowId, Journal = Journal };

    /// <summary>The run's journal.</summary>
    public string? Journal { get; init; }
}
