namespace Truebit.Rows;

/// <summary>What the command line says of the call that an API task makes.</summary>
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
