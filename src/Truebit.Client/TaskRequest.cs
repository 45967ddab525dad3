using System.Text.Json;

namespace Truebit.Client;

/// <summary>One execution of an API task, ready to be sent (truebit-api.md 2.2).</summary>
public sealed class TaskRequest
{
    /// <summary>The time given to the hub where the caller names none, in milliseconds.</summary>
    public const uint DefaultExecutionTimeout = 60_000;

    /// <summary>The namespace that owns the task.</summary>
    public required string Namespace { get; init; }

    /// <summary>The task's registered name.</summary>
    public required string TaskName { get; init; }

    /// <summary>The label of a version; the hub chooses where neither label nor version is given (truebit-api.md 4.4).</summary>
    public string? Label { get; init; }

    /// <summary>The number of a version.</summary>
    public uint? Version { get; init; }

    /// <summary>The members of the hub's <c>input</c>, without the headers, as raw JSON in the order given.</summary>
    public required IReadOnlyList<InputMember> Input { get; init; }

    /// <summary>The headers for the target, apart because they may be secret; written into <c>input.headers</c>.</summary>
    public IReadOnlyList<RequestHeader> Headers { get; init; } = [];

    /// <summary>Sent as it is: the hub's page says seconds, its samples read as milliseconds (truebit-api.md 4.3).</summary>
    public uint ExecutionTimeout { get; init; } = DefaultExecutionTimeout;

    /// <summary>The same request with one more header.</summary>
    public TaskRequest WithHeader(RequestHeader header) => new()
    {
        Namespace = Namespace,
        TaskName = TaskName,
        Label = Label,
        Version = Version,
        Input = Input,
        Headers = [.. Headers, header],
        ExecutionTimeout = ExecutionTimeout,
    };

    /// <summary>The request's body. It holds the headers' values in the clear: it is for the wire only.</summary>
    internal byte[] ToJson(bool async) => JsonBuffer.Write((this, async), static (json, call) => call.Item1.Write(json, call.async));

    private void Write(Utf8JsonWriter json, bool async)
    {
        json.WriteStartObject();
        json.WriteString("namespace"u8, Namespace);
        json.WriteString("taskName"u8, TaskName);
        if (Label is not null)
        {
            json.WriteString("label"u8, Label);
        }

        if (Version is uint version)
        {
            json.WriteNumber("version"u8, version);
        }

        json.WriteBoolean("async"u8, async);
        json.WriteNumber("executionTimeout"u8, ExecutionTimeout);
        WriteInput(json);
        json.WriteEndObject();
    }

    private void WriteInput(Utf8JsonWriter json)
    {
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

/// <summary>A member of the hub's <c>input</c>: its name and its value as JSON text, which is sent digit for digit.</summary>
public readonly record struct InputMember(string Name, ReadOnlyMemory<byte> Json);

/// <summary>A header for the target API. Its value is treated as a secret, whatever its name.</summary>
public sealed record RequestHeader(string Name, SecretText Value);
