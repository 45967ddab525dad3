using Truebit.Client;

namespace Truebit.Rows;

/// <summary>The command line's values for any task. They take precedence over columns of the same name.</summary>
internal sealed record GivenTask
{
    public string? Namespace { get; init; }

    public string? TaskName { get; init; }

    public string? Label { get; init; }

    public uint? Version { get; init; }

    public SubmitMode? Mode { get; init; }

    public uint? ExecutionTimeout { get; init; }
}
