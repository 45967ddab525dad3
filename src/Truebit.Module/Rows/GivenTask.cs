using Truebit.Client;

namespace Truebit.Rows;

/// <summary>What the command line says of any task. Where it speaks, a row's column of the same name is not asked.</summary>
internal sealed record GivenTask
{
    public string? Namespace { get; init; }

    public string? TaskName { get; init; }

    public string? Label { get; init; }

    public uint? Version { get; init; }

    public SubmitMode? Mode { get; init; }

    public uint? ExecutionTimeout { get; init; }
}
