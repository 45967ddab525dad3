using System.Diagnostics;
using System.Text.Json;

namespace Truebit.TestHub;

/// <summary>A request as it came over the wire; <see cref="At"/> is a <see cref="Stopwatch"/> timestamp.</summary>
public sealed record HubRequest(string Method, string Path, IReadOnlyDictionary<string, string> Headers)
{
    public string Body { get; init; } = "";

    public long At { get; init; }

    public bool IsSubmission => Method == "POST";

    /// <summary>The key that came along; null where there was none.</summary>
    public string? Key => Headers.GetValueOrDefault("x-api-key");

    public JsonElement Json => JsonDocument.Parse(Body, new JsonDocumentOptions { MaxDepth = 1000 }).RootElement;

    public JsonElement Input => Json.GetProperty("input");

    /// <summary>The id that is asked for.</summary>
    public string AskedFor => Path.Split('/') is [.., string id, "transcript" or "transcriptInvoice"] ? id : Path[(Path.LastIndexOf('/') + 1)..];

    /// <summary>A member of the input, digit for digit.</summary>
    public string Raw(string member) => Input.GetProperty(member).GetRawText();
}
