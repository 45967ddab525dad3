using Truebit.Client;

namespace Truebit.Desktop;

/// <summary>Executes rows on a hub.</summary>
internal sealed record RunCommand
{
    public required Uri Endpoint { get; init; }

    public string Key { get; init; } = "key";

    public SubmitMode Mode { get; init; }

    public int Rows { get; init; } = 1;

    public int ThrottleLimit { get; init; } = 8;

    /// <summary>How long an answer to a POST is awaited, in milliseconds.</summary>
    public int SubmitTimeout { get; init; } = 20_000;

    /// <summary>The journal's path; null for none.</summary>
    public string? Journal { get; init; }
}

/// <summary>What became of a row: a status or an error's code, the answer or the message, and the steps on the way.</summary>
internal sealed record RowEnd(int Row, string End, string Text, string[] Steps);
