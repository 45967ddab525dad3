using System.Text.Json;
using Truebit.Client;
using Truebit.Documents;

namespace Truebit;

/// <summary>
/// What the hub has recorded of an execution, message by message (truebit-api.md 8). It holds the input in clear, and so whatever
/// secrets were in it.
/// </summary>
public sealed class TruebitTranscript
{
    internal TruebitTranscript(HubRecord record)
    {
        RawJson = record.RawJson;
        IsComplete = record.IsComplete;
        using JsonDocument document = LenientJson.Parse(RawJson);
        JsonElement root = document.RootElement;
        ExecutionId = root.Text("executionId");
        Timestamp = root.Time("timestamp");
        MsgHash = root.Text("msgHash");
        Signature = root.Signature("signature");
        Messages = [.. root.Items("transcript").Select(static message => new TruebitTranscriptMessage(message))];
        TranscriptHash = Messages.Select(static message => message.TranscriptHash).LastOrDefault(static hash => hash is not null);
    }

    /// <summary>The execution.</summary>
    public string? ExecutionId { get; }

    /// <summary>The family of the task, by the first message; null where that is of an unknown type.</summary>
    public TaskKind? Kind => Messages.FirstOrDefault()?.Type switch
    {
        "api_task_created" => TaskKind.Api,
        "task_created" => TaskKind.Function,
        _ => null,
    };

    /// <summary>Which task and version really ran, such as <c>/namespace/task</c>; null where the first message does not say.</summary>
    public string? TaskPath => Messages.FirstOrDefault()?.TaskPath;

    /// <summary>The messages in their order, those of unknown types included.</summary>
    public TruebitTranscriptMessage[] Messages { get; }

    /// <summary>Whether the last message, <c>execution_completed</c>, is there.</summary>
    public bool IsComplete { get; }

    /// <summary>The hash by which <c>Get-TruebitTranscript -Hash</c> finds it; <c>execution_completed</c> has it.</summary>
    public string? TranscriptHash { get; }

    /// <summary>When it was asked for, by the hub's clock (UTC).</summary>
    public DateTime? Timestamp { get; }

    /// <summary>The root's own hash; another one with each query, because the time is in it.</summary>
    public string? MsgHash { get; }

    /// <summary>The root's signature.</summary>
    public HubSignature? Signature { get; }

    /// <summary>The transcript exactly as the hub sent it: this text is what was signed.</summary>
    public string RawJson { get; }

    /// <summary>The id and the number of messages.</summary>
    public override string ToString() => $"{ExecutionId} {Messages.Length} messages";
}
