using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Truebit.Proof;

namespace Truebit.Sandbox;

/// <summary>
/// Writes transcripts and invoices and signs them as the hub does (truebit-api.md 8 and 9), with a key of its own. It signs when
/// asked, and the same messages in the same way each time: only a transcript's root says when it was asked for. The only user of
/// Truebit.Proof here, so that what it brings is loaded when first needed.
/// </summary>
internal sealed class Notary
{
    private const string Requester = "0x5200000000000000000000000000000000000002";
    private const string Contract = "0x5200000000000000000000000000000000000003";
    private const string NoHash = "0000000000000000000000000000000000000000000000000000000000000000";

    /// <summary>A made-up 128 KiB: nothing runs here whose memory could be measured.</summary>
    private const int PeakMemory = 131_072;

    private readonly HubSigner _signer = HubSigner.Create();
    private readonly ConcurrentDictionary<string, Execution> _byHash = new(StringComparer.Ordinal);

    /// <summary>The execution whose transcript has this hash. Nobody can know the hash before the transcript was asked for by id.</summary>
    public Execution? FindByHash(string hash) => _byHash.TryGetValue(hash, out Execution? execution) ? execution : null;

    public byte[] WriteTranscript(Execution execution)
    {
        TranscriptWriter writer = new(_signer, execution.Id);
        long accepted = Milliseconds(execution.Charge.AcceptedAt);
        long finished = Milliseconds(execution.FinishedAt);
        using JsonDocument result = JsonDocument.Parse(execution.Result);
        JsonElement solution = result.RootElement.GetProperty("clearTextSolution");
        if (execution.Kind == TaskKind.Api)
        {
            writer.Add("api_task_created", Dispatch(execution), accepted);
            writer.Add("api_outcome", FetcherOutcome(execution, solution), finished);
        }
        else
        {
            writer.Add("task_created", Dispatch(execution), accepted);
            writer.Add("node_outcome", NodeOutcome(execution, solution), finished, isSignedByHub: false);
            writer.Add("solutions_revealed", Solutions(result.RootElement, solution), finished, isSignedByHub: false);
        }

        writer.Complete(finished);
        _byHash[writer.TranscriptHash!] = execution;
        return writer.Write(Milliseconds(DateTime.UtcNow));
    }

    public byte[] WriteInvoice(Execution execution) => _signer.SignInvoice(Json.WriteObject(json =>
    {
        json.WriteString("executionId", execution.Id);
        json.WriteString("taskId", TaskId(execution));
        json.WriteNumber("taskCreated_timeStamp", Milliseconds(execution.Charge.AcceptedAt));
        json.WriteString("invoiceId", InvoiceId(execution));
        bool isApi = execution.Kind == TaskKind.Api;
        json.WritePropertyName(isApi ? "byteGasPrice" : "stepGasPrice");
        json.WriteRawValue(isApi ? Tariff.BytePriceText : Tariff.StepPriceText);
        json.WriteStartArray("lineItem");
        WriteLineItem(json, execution, "charge", Requester);
        if (!isApi)
        {
            WriteLineItem(json, execution, "pay", ResponseBody.SenderAddress);
        }

        json.WriteEndArray();
    }));

    private static void WriteLineItem(Utf8JsonWriter json, Execution execution, string operation, string account)
    {
        json.WriteStartObject();
        json.WriteString("operation", operation);
        json.WriteString("account", account);
        if (execution.Kind == TaskKind.Api)
        {
            json.WriteStartObject("totalTransferredBytes");
            json.WriteNumber("request", execution.Charge.InputBytes);
            json.WriteNumber("response", execution.Charge.OutputBytes);
            json.WriteEndObject();
        }
        else
        {
            json.WriteNumber("total_steps_computed", Tariff.Steps(execution.Charge.InputBytes));
            json.WriteNumber("peak_memory_used", PeakMemory);
        }

        json.WriteEndObject();
    }

    private byte[] Dispatch(Execution execution) => Json.WriteObject(json =>
    {
        bool isApi = execution.Kind == TaskKind.Api;
        json.WriteString("type", isApi ? "dispatch_api_task" : "dispatch_task");
        json.WriteString("taskId", TaskId(execution));
        json.WriteString("executionId", execution.Id);
        json.WriteString("ledgerName", "evm");
        json.WriteString("blockHash", "0x" + NoHash);
        json.WriteNumber("blockNumber", 0);
        // The number of development chains: no block of it means anything.
        json.WriteString("chainId", "31337");
        json.WriteString("taskRegistryContractAddress", Contract);
        json.WriteString("taskAuthorizationContractAddress", Contract);
        json.WriteString("taskRequesterAddress", Requester);
        json.WriteString("taskPath", TaskPath(execution));
        json.WriteNumber("taskVersion", 1);
        json.WriteString("senderAddress", _signer.Address.ToString());
        json.WritePropertyName("input");
        json.WriteRawValue(execution.Charge.RawInput, skipInputValidation: true);
        if (!isApi)
        {
            json.WriteNumber("dispatcherTimestamp", Milliseconds(execution.Charge.AcceptedAt) / 1000);
        }
    });

    private static byte[] FetcherOutcome(Execution execution, JsonElement solution) => Json.WriteObject(json =>
    {
        json.WriteString("type", "api_fetcher_outcome");
        json.WriteString("executionId", execution.Id);
        json.WriteString("bodyResponse", solution.GetProperty("output").GetRawText());
        json.WriteString("tlsHandshakeHash", NoHash);
    });

    private static byte[] NodeOutcome(Execution execution, JsonElement solution) => Json.WriteObject(json =>
    {
        json.WriteString("type", "computed_outcome");
        json.WriteString("executionId", execution.Id);
        // Nothing is encrypted; the text has the look of it.
        json.WriteString("encryptedSolution", Sha256(solution.GetRawText()));
    });

    private static byte[] Solutions(JsonElement result, JsonElement solution) => Json.WriteObject(json =>
    {
        json.WriteStartArray("solutions");
        json.WriteStartObject();
        foreach (JsonProperty member in solution.EnumerateObject())
        {
            json.WriteRaw(member.Name, member.Value);
        }

        if (result.TryGetProperty("signature", out JsonElement signature))
        {
            json.WriteRaw("signature", signature);
        }

        json.WriteEndObject();
        json.WriteEndArray();
    });

    private static string TaskPath(Execution execution) => $"/{execution.Charge.Namespace}/{execution.Charge.TaskName}";

    private static string TaskId(Execution execution) => (execution.Kind == TaskKind.Api ? "api_" : "rs_") + Sha256(TaskPath(execution));

    /// <summary>Longer than 64 bits, as the hub's are, and the same each time.</summary>
    private static string InvoiceId(Execution execution) =>
        "4" + BitConverter.ToUInt64(Guid.Parse(execution.Id).ToByteArray(), 0).ToString("D20", CultureInfo.InvariantCulture);

    private static string Sha256(string text)
    {
        using SHA256 sha = SHA256.Create();
        return BitConverter.ToString(sha.ComputeHash(Encoding.UTF8.GetBytes(text))).Replace("-", "").ToLowerInvariant();
    }

    private static long Milliseconds(DateTime time) => new DateTimeOffset(time).ToUnixTimeMilliseconds();
}
