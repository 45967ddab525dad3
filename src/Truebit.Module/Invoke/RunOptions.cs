using Truebit.Follow;

namespace Truebit.Invoke;

/// <summary>What the command line says of a run.</summary>
internal sealed record RunOptions
{
    /// <summary>What is done to a row, for -WhatIf and -Confirm.</summary>
    public required string Action { get; init; }

    public required int ThrottleLimit { get; init; }

    /// <summary>How long the result of an accepted row is awaited.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>Whether no row is sent until all are checked.</summary>
    public bool HoldsRows { get; init; }

    /// <summary>Makes flat rows of results and errors; null without -AsRow.</summary>
    public ResultRows? Rows { get; init; }

    /// <summary>How many rows there will be; null if that is not known.</summary>
    public int? Total { get; init; }

    public bool HasJournal { get; init; }

    /// <summary>Whether nothing is sent or written, only told.</summary>
    public bool IsWhatIf { get; init; }

    /// <summary>Whether a journal is created even if no row is sent: Merge-TruebitJournal needs one of each shard.</summary>
    public bool CreatesJournal { get; init; }
}
