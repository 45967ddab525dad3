using System.IO.Compression;
using System.Text;
using Truebit.Client;
using Truebit.Follow;
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

    /// <param name="execution">The execution, and what is known of its row and of what was sent.</param>
    /// <param name="result">The hub's answers.</param>
    /// <param name="transcript"><inheritdoc cref="Evidence" path="/param[@name='result']"/></param>
    /// <param name="invoice"><inheritdoc cref="Evidence" path="/param[@name='result']"/></param>
    /// <param name="expected">Who must have signed them: one of these.</param>
    public Evidence(ExecutionRef execution, HubExecution result, HubDocument transcript, HubDocument invoice, EthereumAddress[] expected)
    {
        SentRequest? request = execution.Submitted?.Request;
        ExecutionId = execution.Id;
        Row = execution.Row;
        Key = execution.Key;
        Status = result.StatusText ?? result.Status.ToString();
        Message = result.OutputMessage;
        TaskPath = new TruebitTranscript(transcript).TaskPath;
        TruebitInvoice charged = new(invoice);
        Charge = charged.Total;
        CreatedAt = charged.CreatedAt;
        ExpectedSigners = expected;
        List<EvidenceFile> files = request is null ? [] : [new(RequestFile, request.ToJson(), IsSigned: false)];
        files.Add(new EvidenceFile(ResultFile, Utf8(result.RawJson), IsSigned: false));
        files.Add(new EvidenceFile(TranscriptFile, Utf8(transcript.RawJson), IsSigned: true));
        files.Add(new EvidenceFile(InvoiceFile, Utf8(invoice.RawJson), IsSigned: true));
        Files = files;
        Transcript = Prover.Prove(files[files.Count - 2].Content, new ProofOptions { ExpectedSigners = expected, ExpectedExecution = ExecutionId });
        Invoice = Prover.Prove(files[files.Count - 1].Content, new ProofOptions
        {
            ExpectedSigners = expected,
            ExpectedExecution = ExecutionId,
            Transcript = Transcript.Witness,
        });
    }

    public string ExecutionId { get; }

    /// <summary>The place of its row in the input, from 1; null if it is not known.</summary>
    public int? Row { get; }

    /// <summary>The row's key.</summary>
    public string? Key { get; }

    /// <summary>How it ended, in the hub's word.</summary>
    public string Status { get; }

    /// <summary>What the target said if it did not end well.</summary>
    public string? Message { get; }

    /// <summary>What ran, as the transcript says.</summary>
    public string? TaskPath { get; }

    /// <summary>When the task was created, as the invoice says (UTC); null if it does not.</summary>
    public DateTime? CreatedAt { get; }

    /// <summary>What the invoice charges, in the hub's gas; null if it does not say.</summary>
    public decimal? Charge { get; }

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
