using System.Text.Json;
using Truebit.Client;
using Truebit.Documents;
using Truebit.Json;

namespace Truebit;

/// <summary>A message of a transcript: the hub's envelope, and the original message in it (truebit-api.md 8.2).</summary>
public sealed class TruebitTranscriptMessage
{
    private readonly Lazy<object?> _message;

    internal TruebitTranscriptMessage(JsonElement envelope)
    {
        RawJson = envelope.GetRawText();
        Type = envelope.Text("type");
        ExecutionId = envelope.Text("executionId");
        Timestamp = envelope.Time("timestamp");
        MsgHash = envelope.Text("msgHash");
        Signature = envelope.Signature("signature");
        PublicKey = envelope.Text("publicKey", "publickey");
        SequencerAddress = envelope.Text("sequencerAddress");
        TranscriptHash = envelope.Text("transcriptHash") ?? envelope.Member("message")?.Text("transcriptHash");
        MessageJson = envelope.Member("message")?.GetRawText();
        MessageType = envelope.Member("message")?.Text("type");
        TaskPath = envelope.Member("message")?.Text("taskPath");
        _message = new Lazy<object?>(() => MessageJson is string json ? PSValue.Parse(json) : null);
    }

    /// <summary>The hub's word, such as <c>api_task_created</c>; other words than the documented ones are passed on.</summary>
    public string? Type { get; }

    /// <summary>The type of the original message, such as <c>dispatch_api_task</c>.</summary>
    public string? MessageType { get; }

    public string? ExecutionId { get; }

    /// <summary>When (UTC).</summary>
    public DateTime? Timestamp { get; }

    /// <summary>The hash that was signed.</summary>
    public string? MsgHash { get; }

    /// <summary>The hub's signature of the envelope.</summary>
    public HubSignature? Signature { get; }

    /// <summary>The signer's key; the first message has it.</summary>
    public string? PublicKey { get; }

    /// <summary>Who put the message into the transcript.</summary>
    public string? SequencerAddress { get; }

    /// <summary>The hash of the transcript; the last message has it.</summary>
    public string? TranscriptHash { get; }

    /// <summary>The original message as PowerShell objects, its input included. Created on first use.</summary>
    public object? Message => _message.Value;

    /// <summary>The original message as it stands in the transcript.</summary>
    public string? MessageJson { get; }

    /// <summary>The whole envelope as it stands in the transcript.</summary>
    public string RawJson { get; }

    internal string? TaskPath { get; }

    /// <summary>The type.</summary>
    public override string ToString() => Type ?? "message";
}
