using System.Text;
using System.Text.Json;
using Truebit.Sandbox.Tasks;

namespace Truebit.Sandbox;

/// <summary>The bodies of the hub's answers (truebit-api.md 2.3, 2.5 and 5).</summary>
internal static class ResponseBody
{
    // Digits only: right in upper, lower and checksum spelling alike.
    public const string SenderAddress = "0x5200000000000000000000000000000000000001";

    public static byte[] Message(string message) => Json.WriteObject(json => json.WriteString("message", message));

    public static byte[] Id(string id) => Json.WriteObject(json => json.WriteString("executionId", id));

    public static byte[] Running(TaskKind kind, string id) => Json.WriteObject(json =>
    {
        json.WriteString("executionId", id);
        json.WriteString(StatusName(kind), "Running");
    });

    public static byte[] Result(TaskKind kind, string id, JsonElement input, TaskOutput answer) => Json.WriteObject(json =>
    {
        json.WriteString("executionId", id);
        json.WriteStartObject("clearTextSolution");
        json.WritePropertyName("output");
        json.WriteRawValue(answer.Output, skipInputValidation: true);
        json.WriteString(kind == TaskKind.Api ? "status" : "executionStatus", answer.Succeeded ? "succeed" : "failed");
        json.WriteString("senderAddress", SenderAddress);
        json.WriteEndObject();
        if (kind == TaskKind.Function)
        {
            WriteSignature(json);
        }

        json.WriteString(StatusName(kind), answer.Status);
        if (kind == TaskKind.Api)
        {
            json.WriteStartObject("totalTransferredBytes");
            json.WriteNumber("request", Encoding.UTF8.GetByteCount(input.GetRawText()));
            json.WriteNumber("response", answer.Output.Length);
            json.WriteEndObject();
        }
    });

    private static string StatusName(TaskKind kind) => kind == TaskKind.Api ? "status" : "verificationStatus";

    /// <summary>The shape of a signature (64 lower-case hex digits each); nothing is signed.</summary>
    private static void WriteSignature(Utf8JsonWriter json)
    {
        json.WriteStartObject("signature");
        json.WriteNumber("v", 27);
        json.WriteString("r", $"{Guid.NewGuid():N}{Guid.NewGuid():N}");
        json.WriteString("s", $"{Guid.NewGuid():N}{Guid.NewGuid():N}");
        json.WriteEndObject();
    }
}
