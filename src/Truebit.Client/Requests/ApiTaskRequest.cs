using System.Text.Json;

namespace Truebit.Client;

/// <summary>One execution of an API task (truebit-api.md 2.2).</summary>
public sealed class ApiTaskRequest : TaskRequest
{
    /// <summary>The time given to the hub where the caller names none: here the hub wants one.</summary>
    public const uint DefaultExecutionTimeout = 60_000;

    /// <inheritdoc/>
    public override TaskKind Kind => TaskKind.Api;

    /// <summary>The members of the hub's <c>input</c>, without the headers, as raw JSON in the order given.</summary>
    public required IReadOnlyList<InputMember> Input { get; init; }

    /// <summary>The headers for the target, apart because they may be secret; written into <c>input.headers</c>.</summary>
    public IReadOnlyList<RequestHeader> Headers { get; init; } = [];

    /// <inheritdoc/>
    public override IReadOnlyList<SecretText> Secrets => Headers.Count == 0 ? [] : [.. Headers.Select(static header => header.Value)];

    /// <summary>The same request with one more header.</summary>
    public ApiTaskRequest WithHeader(RequestHeader header) => new()
    {
        Namespace = Namespace,
        TaskName = TaskName,
        Label = Label,
        Version = Version,
        Input = Input,
        Headers = [.. Headers, header],
        ExecutionTimeout = ExecutionTimeout,
    };

    private protected override void WriteMembers(Utf8JsonWriter json)
    {
        json.WriteNumber("executionTimeout"u8, ExecutionTimeout ?? DefaultExecutionTimeout);
        json.WriteStartObject("input"u8);
        foreach (InputMember member in Input)
        {
            json.WritePropertyName(member.Name);
            json.WriteRawValue(member.Json.Span, skipInputValidation: true);
        }

        if (Headers.Count > 0)
        {
            json.WriteStartObject("headers"u8);
            foreach (RequestHeader header in Headers)
            {
                json.WriteString(header.Name, header.Value.Reveal());
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
