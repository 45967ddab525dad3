namespace Truebit.TestHub;

/// <summary>Where a connection breaks before its request was read.</summary>
public enum ResetPoint
{
    BeforeReading,
    AfterHeaders,
}
