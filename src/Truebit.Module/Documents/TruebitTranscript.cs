using System.Text.Json;
using Truebit.Client;
using Truebit.Documents;

namespace Truebit;

/// <summary>
/// What the hub has recorded of an execution, message by message (truebit-api.md 8). It contains the input in plain text, with any
/// secrets in it.
/// </summary>
public sealed class TruebitTranscript
{
    internal TruebitTranscript(HubDocument record)
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

    public string? ExecutionId { get; }

    /// <summary>The place of the execution's row in its input, from 1; null if it is not known.</summary>
    public int? Row { get; internal init; }

    /// <summary>The row's key, if -Key named a column.</summary>
    public string? Key { get; internal init; }

    /// <summary>Api or Function, by the first message; null if that has an unknown type.</summary>
    public string? Kind => Messages.FirstOrDefault()?.Type switch
    {
        "api_task_created" => nameof(TaskKind.Api),
        "task_created" => nameof(TaskKind.Function),
        _ => null,
    };

    /// <summary>Which task and version really ran, such as <c>/namespace/task</c>; null if the first message does not say.</summary>
    public string? TaskPath => Messages.FirstOrDefault()?.TaskPath;

    /// <summary>The messages in their order, those of unknown types included.</summary>
    public TruebitTranscriptMessage[] Messages { get; }

    /// <summary>Whether the last message, <c>execution_completed</c>, is there.</summary>
    public bool IsComplete { get; }

    /// <summary>The hash by which <c>Get-TruebitTranscript -Hash</c> finds it; <c>execution_completed</c> has it.</summary>
    public string? TranscriptHash { get; }

    /// <summary>When it was asked for, by the hub's clock (UTC).</summary>
    public DateTime? Timestamp { get; }

    /// <summary>The hash of the root. It changes with each query, because it includes the time.</summary>
    public string? MsgHash { get; }

    /// <summary>The root's signature.</summary>
    public HubSignature? Signature { get; }

    /// <summary>The transcript exactly as the hub sent it: this text is what was signed.</summary>
    public string RawJson { get; }

    /// <summary>The id and the number of messages.</summary>
    public override string ToString() => $"{ExecutionId} {Messages.Length} messages";
}
