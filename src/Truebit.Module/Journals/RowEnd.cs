using Truebit.Client;

namespace Truebit.Journals;

/// <summary>What became of a row, as its journal tells it.</summary>
internal enum RowEnd
{
    /// <summary>The execution ended with Success.</summary>
    Success,

    /// <summary>It ended with Error.</summary>
    Error,

    /// <summary>It ended with Indeterminate, or with a word that is not documented.</summary>
    Indeterminate,

    /// <summary>Whether it was executed is not known.</summary>
    Unknown,

    /// <summary>It was accepted, and its end is not recorded.</summary>
    Running,

    /// <summary>It was surely not executed.</summary>
    Refused,
}

internal static class JournalEntryEnds
{
    /// <summary>What became of the row.</summary>
    public static RowEnd End(this JournalEntry entry) => entry.State switch
    {
        JournalState.Finished => entry.Status switch
        {
            ExecutionStatus.Success => RowEnd.Success,
            ExecutionStatus.Error => RowEnd.Error,
            _ => RowEnd.Indeterminate,
        },
        JournalState.Accepted => RowEnd.Running,
        JournalState.Refused => RowEnd.Refused,
        _ => RowEnd.Unknown,
    };
}
