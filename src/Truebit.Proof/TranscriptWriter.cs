using System.Text.Encodings.Web;
using System.Text.Json;

namespace Truebit.Proof;

/// <summary>
/// Writes the transcript of one execution as a hub that hashes everything by one rule, that of the dispatch messages: envelopes,
/// root and transcript hash (the sandbox). Not for several threads at a time.
/// </summary>
/// <param name="signer">Who signs.</param>
/// <param name="executionId">The execution.</param>
public sealed class TranscriptWriter(HubSigner signer, string executionId)
{
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly List<byte[]> _messages = [];

    /// <summary>The hash of the messages, in 64 digits, once <see cref="Complete"/> was called; it does not change any more.</summary>
    public string? TranscriptHash { get; private set; }

    /// <summary>Adds a message in its envelope.</summary>
    /// <param name="type">The envelope's type, such as <c>api_task_created</c>.</param>
    /// <param name="message">The original message, a JSON object; of the dispatch messages it must name the execution.</param>
    /// <param name="timestamp">When, in the unit that the caller uses throughout.</param>
    /// <param name="isSignedByHub">Whether the original is signed as well; not so if a node signed it, or nobody does.</param>
    /// <exception cref="ArgumentException">The message is not one that can be signed.</exception>
    public void Add(string type, ReadOnlyMemory<byte> message, long timestamp, bool isSignedByHub = true)
    {
        byte[] original = isSignedByHub ? signer.SignMessage(message) : message.ToArray();
        AddEnvelope(type, timestamp, json => WriteRaw(json, MemberNames.Message, original));
    }

    /// <summary>Adds <c>execution_completed</c>, with the hash of the messages so far.</summary>
    /// <param name="timestamp">When.</param>
    public void Complete(long timestamp)
    {
        byte[] id = JsonSerializer.SerializeToUtf8Bytes(executionId, Options);
        TranscriptHash = Hex.Write(Proof.TranscriptHash.Compute(id, _messages.Select(static message => (ReadOnlyMemory<byte>)message)));
        AddEnvelope("execution_completed", timestamp, json => json.WriteString(MemberNames.TranscriptHash, TranscriptHash));
    }

    /// <summary>The signed transcript.</summary>
    /// <param name="timestamp">When it was asked for.</param>
    public byte[] Write(long timestamp) => signer.SignMessage(WriteObject(json =>
    {
        json.WriteString(MemberNames.ExecutionId, executionId);
        json.WriteStartArray(MemberNames.Transcript);
        foreach (byte[] message in _messages)
        {
            json.WriteRawValue(message, skipInputValidation: true);
        }

        json.WriteEndArray();
        json.WriteNumber("timestamp", timestamp);
    }));

    private static JsonSerializerOptions Options { get; } = new() { Encoder = WriterOptions.Encoder };

    private void AddEnvelope(string type, long timestamp, Action<Utf8JsonWriter> content)
    {
        byte[] envelope = WriteObject(json =>
        {
            json.WriteString(MemberNames.Type, type);
            json.WriteString(MemberNames.ExecutionId, executionId);
            content(json);
            json.WriteString("sequencerAddress", signer.Address.ToString());
            json.WriteNumber("timestamp", timestamp);
        });

        // The hub prints its key in the first message only (truebit-api.md 8.2).
        bool isCreation = type is "api_task_created" or "task_created";
        _messages.Add(signer.SignMessage(envelope, printKey: isCreation));
    }

    private static void WriteRaw(Utf8JsonWriter json, string name, byte[] value)
    {
        json.WritePropertyName(name);
        json.WriteRawValue(value, skipInputValidation: true);
    }

    private static byte[] WriteObject(Action<Utf8JsonWriter> members)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream, WriterOptions))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        return stream.ToArray();
    }
}
