using System.Management.Automation;
using Truebit.Client;

namespace Truebit;

/// <summary>An error of the module, with the id and the category that PowerShell shows.</summary>
public sealed class ErrorException : TruebitException
{
    internal ErrorException(string errorId, ErrorCategory category, string message)
        : base(errorId, message) => Category = category;

    /// <summary>PowerShell's category.</summary>
    public ErrorCategory Category { get; }

    /// <summary>The execution that the error is about, if its id is known.</summary>
    public string? ExecutionId { get; internal init; }

    /// <summary>If the outcome is unknown: the id that the hub's answer gave all the same.</summary>
    public string? CandidateId { get; internal init; }

    /// <summary>The row's place in the input, from 1; null if the error is not about a row.</summary>
    public int? Row { get; internal init; }

    /// <summary>The row's key, if -Key names a column.</summary>
    public string? Key { get; internal init; }

    /// <summary>The row's name in the journal, for Resolve-TruebitJournal.</summary>
    public string? RowId { get; internal init; }

    /// <summary>The run's journal.</summary>
    public string? Journal { get; internal init; }
}
