using System.IO.Compression;
using System.Management.Automation;
using System.Text.Json;
using Truebit.Proof;

namespace Truebit.Documents;

/// <summary>Proves what is in a file: a transcript, an invoice, or a zip of Export-TruebitEvidence with both.</summary>
internal static class DocumentFile
{
    /// <summary>More than any transcript has. A small zip can unpack to far more.</summary>
    private const int MaxBytes = 256 * 1024 * 1024;

    /// <exception cref="ErrorException">The file cannot be read. Its content never causes an exception.</exception>
    public static IReadOnlyList<DocumentProof> Prove(string path, EthereumAddress[] expected)
    {
        if (Directory.Exists(path))
        {
            throw new ErrorException("FileNotReadable", ErrorCategory.InvalidArgument, $"'{path}' is a folder. Give its files, as in '{Path.Combine(path, "*.zip")}'.");
        }

        byte[] bytes = Read(path);

        // By its first bytes, not its name: every zip that is not empty starts with them.
        return bytes.AsSpan().StartsWith("PK\u0003\u0004"u8) ? ProveZip(bytes, path, expected) : [DocumentProof.Create(bytes, path, expected)];
    }

    private static byte[] Read(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ErrorException("FileNotReadable", ErrorCategory.ReadError, $"'{path}' cannot be read: {e.Message}");
        }
    }

    private static List<DocumentProof> ProveZip(byte[] bytes, string path, EthereumAddress[] expected)
    {
        try
        {
            using ZipArchive zip = new(new MemoryStream(bytes), ZipArchiveMode.Read);
            ProofOptions options = new() { ExpectedSigners = expected, ExpectedExecution = FindExecution(zip) };
            ProofReport transcript = Prove(zip, Evidence.TranscriptFile, ProofKind.Transcript, options);
            ProofReport invoice = Prove(zip, Evidence.InvoiceFile, ProofKind.Invoice, options with { Transcript = transcript.Witness });
            return
            [
                new DocumentProof(transcript, Path.Combine(path, Evidence.TranscriptFile)),
                new DocumentProof(invoice, Path.Combine(path, Evidence.InvoiceFile)),
            ];
        }
        catch (InvalidDataException)
        {
            return [new DocumentProof(Prover.Refuse(ProofKind.Unknown, "The zip is damaged."), path)];
        }
    }

    /// <summary>The execution that the zip says it is of; null where it does not say. The file's name says nothing: users rename files.</summary>
    private static string? FindExecution(ZipArchive zip)
    {
        try
        {
            ZipArchiveEntry[] entries = [.. zip.Entries.Where(static entry => entry.FullName == Evidence.ProofJsonFile)];
            using JsonDocument? report = entries.Length == 1 && ReadEntry(entries[0]) is byte[] json ? JsonDocument.Parse(json) : null;
            return report is { RootElement: { ValueKind: JsonValueKind.Object } root } && root.TryGetProperty("executionId", out JsonElement id) && id.ValueKind == JsonValueKind.String
                ? id.GetString()
                : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // It is not signed, so nothing depends on it.
            return null;
        }
    }

    private static ProofReport Prove(ZipArchive zip, string name, ProofKind kind, ProofOptions options)
    {
        ZipArchiveEntry[] entries = [.. zip.Entries.Where(entry => entry.FullName == name)];
        if (entries.Length != 1)
        {
            return Prover.Refuse(kind, entries.Length == 0 ? $"The zip has no {name}." : $"The zip has several files named {name}.");
        }

        ProofReport report = ReadEntry(entries[0]) is byte[] json
            ? Prover.Prove(json, options)
            : Prover.Refuse(kind, $"{name} is larger than {MaxBytes >> 20} MiB.");
        return report.Kind == kind || report.Kind == ProofKind.Unknown ? report : Prover.Refuse(kind, $"{name} is not a {kind.ToString().ToLowerInvariant()} but a {report.Kind.ToString().ToLowerInvariant()}.");
    }

    /// <summary>The file, unpacked into one array of the length that the zip gives for it; null where it is too long.</summary>
    /// <exception cref="InvalidDataException">The length is not the true one.</exception>
    private static byte[]? ReadEntry(ZipArchiveEntry entry)
    {
        if (entry.Length > MaxBytes)
        {
            return null;
        }

        byte[] content = new byte[entry.Length];
        using Stream stream = entry.Open();
        int read = 0;
        int count;
        while (read < content.Length && (count = stream.Read(content, read, content.Length - read)) > 0)
        {
            read += count;
        }

        return read == content.Length && stream.ReadByte() < 0 ? content : throw new InvalidDataException("The length of a file in the zip is not the true one.");
    }
}
