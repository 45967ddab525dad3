namespace Truebit;

/// <summary>What to do with rows that were on the wire when an earlier run ended.</summary>
public enum UnknownAction
{
    /// <summary>Each is an error.</summary>
    Report,

    /// <summary>They are sent again and may be paid for twice.</summary>
    Resubmit,

    /// <summary>They are skipped.</summary>
    Skip,
}
