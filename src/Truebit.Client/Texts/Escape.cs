namespace Truebit.Client;

/// <summary>How characters are written where they cannot stand as they are.</summary>
internal enum Escape
{
    /// <summary>Of JSON and its relatives: <c>\u003c</c>, <c>\x3c</c>, <c>\"</c>.</summary>
    Json,

    /// <summary>Of addresses: <c>%3C</c>.</summary>
    Percent,

    /// <summary>Of HTML: <c>&amp;lt;</c>.</summary>
    Html,
}
