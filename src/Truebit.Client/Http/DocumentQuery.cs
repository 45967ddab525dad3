namespace Truebit.Client;

/// <summary>A transcript or invoice to ask for, and its endpoint (truebit-api.md 1, rows 5 to 7).</summary>
public sealed class DocumentQuery
{
    private DocumentQuery(DocumentKind kind, TaskKind? family, string id, string path, string name)
    {
        Family = family;
        Kind = kind;
        Id = id;
        Path = path;
        Name = name;
    }

    /// <summary>Transcript or invoice.</summary>
    public DocumentKind Kind { get; }

    /// <summary>The family of the execution whose document it is; null where it is asked for by its hash.</summary>
    internal TaskKind? Family { get; }

    /// <summary>The id or hash that it is asked for by.</summary>
    public string Id { get; }

    /// <summary>The endpoint, relative to the hub.</summary>
    internal string Path { get; }

    /// <summary>What is asked for, in words.</summary>
    internal string Name { get; }

    /// <summary>The error for one that is not there.</summary>
    internal HubErrorCode NotFound => Kind == DocumentKind.Transcript ? HubErrorCode.TranscriptNotFound : HubErrorCode.InvoiceNotFound;

    /// <summary>The transcript of an execution.</summary>
    public static DocumentQuery Transcript(string executionId, TaskKind family) => new(
        DocumentKind.Transcript, family, executionId, $"task/{Uri.EscapeDataString(executionId)}/transcript", $"transcript of the execution '{executionId}'");

    /// <summary>The transcript that has a hash.</summary>
    public static DocumentQuery TranscriptOfHash(string hash) => new(
        DocumentKind.Transcript, null, hash, $"task/hash/{Uri.EscapeDataString(hash)}/transcript", $"transcript with the hash '{hash}'");

    /// <summary>The invoice of an execution.</summary>
    public static DocumentQuery Invoice(string executionId, TaskKind family) => new(
        DocumentKind.Invoice, family, executionId, $"task/{Uri.EscapeDataString(executionId)}/transcriptInvoice", $"invoice of the execution '{executionId}'");
}
