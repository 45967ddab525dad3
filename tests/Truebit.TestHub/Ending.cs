namespace Truebit.TestHub;

/// <summary>How a request ends.</summary>
public enum Ending
{
    /// <summary>With an answer; the connection stays open for the next request.</summary>
    Answer,

    /// <summary>The connection closes without an answer.</summary>
    Silence,

    /// <summary>The connection is reset.</summary>
    Reset,

    /// <summary>With an answer whose missing bytes never come, on a connection that stays open.</summary>
    Stall,

    /// <summary>The body's bytes are sent as they are, without HTTP, and the connection closes.</summary>
    Raw,
}
