using System.Text.Json;

namespace Truebit.Client;

/// <summary>One execution of a task, ready to be sent: what both kinds of tasks have in common (truebit-api.md 2.2 and 2.4).</summary>
public abstract class TaskRequest
{
    private protected TaskRequest()
    {
    }

    /// <summary>The family of the task, and so of the endpoints.</summary>
    public abstract TaskKind Kind { get; }

    /// <summary>The namespace that owns the task.</summary>
    public required string Namespace { get; init; }

    /// <summary>The task's registered name.</summary>
    public required string TaskName { get; init; }

    /// <summary>The label of a version; the hub chooses where neither label nor version is given (truebit-api.md 4.4).</summary>
    public string? Label { get; init; }

    /// <summary>The number of a version.</summary>
    public uint? Version { get; init; }

    /// <summary>Sent unchanged. The hub appears to use milliseconds (truebit-api.md 4.3).</summary>
    public uint? ExecutionTimeout { get; init; }

    /// <summary>Secrets in the request, which the answer may quote.</summary>
    public virtual IReadOnlyList<SecretText> Secrets => [];

    /// <summary>The request's body. It holds the secrets in the clear: it is for the wire only.</summary>
    /// <exception cref="HubException">It is not whole JSON. What is about to be paid for is read once more.</exception>
    internal byte[] ToJson(bool async)
    {
        byte[] body = JsonBuffer.Write((this, async), static (json, call) => call.Item1.Write(json, call.async));
        try
        {
            Utf8JsonReader reader = new(body, new JsonReaderOptions { MaxDepth = JsonLimits.MaxDepth + 2 });
            while (reader.Read())
            {
            }

            return body;
        }
        catch (JsonException e)
        {
            throw new HubException(HubErrorCode.InvalidRequest, $"The request would not be valid JSON (byte {e.BytePositionInLine + 1}), so it was not sent.");
        }
    }

    /// <summary>Writes what only this kind of task has.</summary>
    private protected abstract void WriteMembers(Utf8JsonWriter json);

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
        WriteMembers(json);
        json.WriteEndObject();
    }
}
