namespace Truebit.Reports;

/// <summary>What became of a row, as a report tells it.</summary>
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
