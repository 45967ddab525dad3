using System.Text;
using System.Text.Json;

namespace Truebit.Sandbox;

/// <summary>One execution that was made and charged. A sandbox keeps them all, so it holds no more than it must.</summary>
public sealed class SandboxCharge
{
    private readonly byte[] _input;

    /// <summary>Charges it now.</summary>
    internal SandboxCharge(string executionId, TaskKind kind, ExecuteRequest request, bool wasAnswered)
    {
        ExecutionId = executionId;
        Kind = kind;
        // Tasks have few names: each is kept once.
        Namespace = string.Intern(request.Namespace);
        TaskName = string.Intern(request.TaskName);
        _input = WithoutHeaderValues(request.Input.Value);
        WasAnswered = wasAnswered;
    }

    /// <summary>The id of the execution.</summary>
    public string ExecutionId { get; }

    /// <summary>The family of the task.</summary>
    public TaskKind Kind { get; }

    /// <summary>The task's namespace.</summary>
    public string Namespace { get; }

    /// <summary>The task's name.</summary>
    public string TaskName { get; }

    /// <summary>The input as JSON, as it was sent but for the values in <c>input.headers</c>: they are null.</summary>
    public string Input => Encoding.UTF8.GetString(_input);

    /// <summary>When it was accepted (UTC).</summary>
    public DateTime AcceptedAt { get; } = DateTime.UtcNow;

    /// <summary>False where the answer was lost or cut off on purpose, so that the caller cannot know the id.</summary>
    public bool WasAnswered { get; }

    private static byte[] WithoutHeaderValues(JsonElement input)
    {
        if (input.ValueKind != JsonValueKind.Object || !input.EnumerateObject().Any(IsHeaders))
        {
            return Encoding.UTF8.GetBytes(input.GetRawText());
        }
        return Json.WriteObject(json =>
        {
            foreach (JsonProperty member in input.EnumerateObject())
            {
                if (IsHeaders(member))
                {
                    json.WritePropertyName(member.Name);
                    WriteNames(json, member.Value);
                }
                else
                {
                    json.WriteRaw(member.Name, member.Value);
                }
            }
        });
    }

    private static bool IsHeaders(JsonProperty member) => string.Equals(member.Name, "headers", StringComparison.OrdinalIgnoreCase);

    private static void WriteNames(Utf8JsonWriter json, JsonElement headers)
    {
        if (headers.ValueKind != JsonValueKind.Object)
        {
            json.WriteNullValue();
            return;
        }
        json.WriteStartObject();
        foreach (JsonProperty header in headers.EnumerateObject())
        {
            json.WriteNull(header.Name);
        }
        json.WriteEndObject();
    }
}
