using Truebit.Proof;

namespace Truebit.Documents;

/// <summary>The report on a document, and where it came from.</summary>
/// <param name="Report">The report.</param>
/// <param name="Source">The file; null for objects and text.</param>
/// <param name="Open">The bytes of an invoice that only its transcript can prove; null otherwise.</param>
internal sealed record DocumentProof(ProofReport Report, string? Source, byte[]? Open = null)
{
    /// <summary>Proves a document without its transcript or invoice.</summary>
    public static DocumentProof Create(byte[] json, string? source, EthereumAddress[] expected)
    {
        ProofReport report = Prover.Prove(json, new ProofOptions { ExpectedSigners = expected });
        bool isOpen = expected.Length == 0 && report is { Kind: ProofKind.Invoice, Result: ProofResult.NotProvable, ExecutionId: not null };
        return new DocumentProof(report, source, isOpen ? json : null);
    }

    /// <summary>Proves an open invoice with the transcript of its execution.</summary>
    public DocumentProof With(TranscriptSigner transcript) =>
        Open is null ? this : this with { Report = Prover.Prove(Open, new ProofOptions { Transcript = transcript }), Open = null };

    public TruebitProof ToProof() => new(Report, Source);
}
