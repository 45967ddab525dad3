using System.Text.Json;

namespace Truebit.Client;

/// <summary>One execution of a function task (truebit-api.md 2.4).</summary>
public sealed class FunctionTaskRequest : TaskRequest
{
    /// <inheritdoc/>
    public override TaskKind Kind => TaskKind.Function;

    /// <summary>The text that the task reads as its input file.</summary>
    public required string Input { get; init; }

    /// <summary>How many nodes are asked.</summary>
    public uint TotalSolutions { get; init; } = 1;

    /// <summary>How many of them must answer; no more than are asked.</summary>
    public uint RequiredSolutions { get; init; } = 1;

    /// <summary>
    /// Unix seconds, from which the hub draws the nodes by lot; the time of sending by default. Repeating a timestamp makes the
    /// draw less random (truebit-api.md 11).
    /// </summary>
    public uint? RequesterTimestamp { get; init; }

    /// <summary>The maximum number of steps, in digits; the hub's own limit by default.</summary>
    public string? GasLimit { get; init; }

    private protected override void WriteMembers(Utf8JsonWriter json)
    {
        json.WriteString("input"u8, Input);
        json.WriteNumber("totalSolutions"u8, TotalSolutions);
        json.WriteNumber("requiredSolutions"u8, RequiredSolutions);
        json.WriteNumber("taskRequesterTimestamp"u8, RequesterTimestamp ?? checked((uint)DateTimeOffset.UtcNow.ToUnixTimeSeconds()));
        if (GasLimit is not null)
        {
            json.WriteString("gasLimit"u8, GasLimit);
        }

        // The current page does not list it any more, and the older one wanted it (truebit-api.md 2.4).
        if (ExecutionTimeout is uint timeout)
        {
            json.WriteNumber("executionTimeout"u8, timeout);
        }
    }
}
