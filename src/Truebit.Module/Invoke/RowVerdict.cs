namespace Truebit.Invoke;

/// <summary>What the state of the run, or a failure of a row, means for the row.</summary>
internal enum RowVerdict
{
    /// <summary>It may be sent; or its error concerns only itself.</summary>
    Usual,

    /// <summary>It is reported as not sent.</summary>
    NotSent,

    /// <summary>It is left for the next run, and counted.</summary>
    Left,

    /// <summary>It ends the command, which says why.</summary>
    EndsCommand,
}
