namespace Truebit.Rows;

/// <summary>The command line's values for a function task.</summary>
internal sealed record GivenFunction
{
    public object? Text { get; init; }

    public uint? TotalSolutions { get; init; }

    public uint? RequiredSolutions { get; init; }

    public uint? RequesterTimestamp { get; init; }

    public string? GasLimit { get; init; }
}
