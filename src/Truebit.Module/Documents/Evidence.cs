using System.IO.Compression;
using System.Text;
using Truebit.Client;
using Truebit.Proof;

namespace Truebit.Documents;

/// <summary>Everything known about an execution, and what of it is proved.</summary>
internal sealed class Evidence
{
    // The files in the zip.
    public const string RequestFile = "request.json";
    public const string ResultFile = "result.json";
    public const string TranscriptFile = "transcript.json";
    public const string InvoiceFile = "invoice.json";
    public const string ProofJsonFile = "proof.json";
    public const string ProofPageFile = "proof.html";

    /// <summary>The earliest time that a zip can have: the same evidence gives the same zip.</summary>
    private static readonly DateTimeOffset NoTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <param name="request">What was sent; null if unknown.</param>
    /// <param name="expected">Who must have signed them: one of these.</param>
    public Evidence(string executionId, SentRequest? request, HubExecution result, HubDocument transcript, HubDocument invoice, EthereumAddress[] expected)
    {
        ExecutionId = executionId;
        ExpectedSigners = expected;
        List<EvidenceFile> files = request is null ? [] : [new(RequestFile, request.ToJson(), IsSigned: false)];
        files.Add(new EvidenceFile(ResultFile, Utf8(result.RawJson), IsSigned: false));
        files.Add(new EvidenceFile(TranscriptFile, Utf8(transcript.RawJson), IsSigned: true));
        files.Add(new EvidenceFile(InvoiceFile, Utf8(invoice.RawJson), IsSigned: true));
        Files = files;
        Transcript = Prover.Prove(files[files.Count - 2].Content, new ProofOptions { ExpectedSigners = expected, ExpectedExecution = executionId });
        Invoice = Prover.Prove(files[files.Count - 1].Content, new ProofOptions
        {
            ExpectedSigners = expected,
            ExpectedExecution = executionId,
            Transcript = Transcript.Witness,
        });
    }

    public string ExecutionId { get; }

    public IReadOnlyList<EthereumAddress> ExpectedSigners { get; }

    /// <summary>The files in the zip besides the report.</summary>
    public IReadOnlyList<EvidenceFile> Files { get; }

    public ProofReport Transcript { get; }

    public ProofReport Invoice { get; }

    public bool HasRequest => Files[0].Name == RequestFile;

    /// <summary>Which files contain which secrets in plain text, as «file: name, name».</summary>
    /// <param name="secrets">Names and values.</param>
    public IEnumerable<string> FindSecrets(IReadOnlyCollection<KeyValuePair<string, string>> secrets)
    {
        foreach (EvidenceFile file in Files)
        {
            string text = Encoding.UTF8.GetString(file.Content);
            string[] names = [.. secrets.Where(secret => new TextGate(secret.Value).IsIn(text)).Select(static secret => secret.Key)];
            if (names.Length == 0 && !HasRequest && file.Name == TranscriptFile)
            {
                // What was sent is not known here, so neither are the headers' values: any may be secret.
                names = [.. InputHeaders.FindInTranscript(text)];
            }

            if (names.Length > 0)
            {
                yield return $"{file.Name}: {string.Join(", ", names)}";
            }
        }
    }

    public byte[] ToZip()
    {
        using MemoryStream content = new();
        using (ZipArchive zip = new(content, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (EvidenceFile file in Files)
            {
                Add(zip, file.Name, file.Content);
            }

            Add(zip, ProofJsonFile, EvidenceReport.ToJson(this));
            Add(zip, ProofPageFile, EvidencePage.ToHtml(this));
        }

        return content.ToArray();
    }

    private static void Add(ZipArchive zip, string name, byte[] content)
    {
        ZipArchiveEntry entry = zip.CreateEntry(name, CompressionLevel.Optimal);
        entry.LastWriteTime = NoTime;
        using Stream stream = entry.Open();
        stream.Write(content, 0, content.Length);
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
