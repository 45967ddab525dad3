using Truebit.Rows;

namespace Truebit.Invoke;

/// <summary>How an invoking cmdlet makes requests of rows, and what it does with them.</summary>
/// <param name="Binder">Makes requests of rows.</param>
/// <param name="Action">What is done to a row, for -WhatIf and -Confirm.</param>
internal sealed record RowPlan(RowBinder Binder, string Action)
{
    /// <summary>Whether no row is sent until all are checked.</summary>
    public bool HoldsRows { get; init; }

    /// <summary>A header for the target that carries the row's identity; null for none.</summary>
    public string? IdempotencyHeader { get; init; }
}
