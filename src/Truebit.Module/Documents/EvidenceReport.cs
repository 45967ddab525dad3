using System.Text.Json;
using Truebit.Client;
using Truebit.Proof;

namespace Truebit.Documents;

/// <summary>The report on a zip of evidence, for programs.</summary>
internal static class EvidenceReport
{
    public static byte[] ToJson(Evidence evidence) => JsonBuffer.Write(evidence, static (json, evidence) =>
    {
        json.WriteStartObject();
        json.WriteString("executionId", evidence.ExecutionId);
        if (evidence.Row is int row)
        {
            json.WriteNumber("row", row);
        }

        if (evidence.Key is not null)
        {
            json.WriteString("key", evidence.Key);
        }

        json.WriteString("status", evidence.Status);
        json.WriteStartArray("expectedSigners");
        foreach (EthereumAddress address in evidence.ExpectedSigners)
        {
            json.WriteStringValue(address.ToString());
        }

        json.WriteEndArray();
        json.WriteBoolean("requestIsKnown", evidence.HasRequest);
        json.WriteStartArray("files");
        foreach (EvidenceFile file in evidence.Files)
        {
            json.WriteStartObject();
            json.WriteString("name", file.Name);
            json.WriteNumber("bytes", file.Content.Length);
            json.WriteString("sha256", file.Sha256);
            json.WriteBoolean("isSigned", file.IsSigned);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("proofs");
        Write(json, evidence.Transcript, Evidence.TranscriptFile);
        Write(json, evidence.Invoice, Evidence.InvoiceFile);
        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static void Write(Utf8JsonWriter json, ProofReport report, string file)
    {
        json.WriteStartObject();
        json.WriteString("file", file);
        json.WriteString("kind", report.Kind.ToString());
        json.WriteString("result", report.Result.ToString());
        json.WriteString("executionId", report.ExecutionId);
        json.WriteString("signer", report.Signer?.ToString());
        json.WriteString("dispatcher", report.Dispatcher?.ToString());
        json.WriteStartArray("checks");
        foreach (ProofCheck check in report.Checks)
        {
            json.WriteStartObject();
            json.WriteString("subject", check.Subject);
            json.WriteString("rule", check.Rule.ToString());
            json.WriteString("result", check.Result.ToString());
            json.WriteString("reason", check.Reason);
            json.WriteBoolean("isRequired", check.IsRequired);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
