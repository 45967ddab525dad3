namespace Truebit.Rows;

/// <summary>The command line's values for the call of an API task.</summary>
internal sealed record GivenCall
{
    public string? Path { get; init; }

    public string? Method { get; init; }

    public string? Url { get; init; }

    public object? Params { get; init; }

    public object? Body { get; init; }

    public object? Headers { get; init; }

    public object? Input { get; init; }
}
