using Truebit.Proof;

namespace Truebit.Documents;

/// <summary>
/// Matches invoices with the transcripts of their executions, whichever come first. An invoice that only its transcript can prove
/// waits for it until the input ends; everything else passes at once.
/// </summary>
internal sealed class InvoiceMatcher
{
    private readonly Dictionary<string, TranscriptSigner> _transcripts = new(StringComparer.Ordinal);
    private readonly List<DocumentProof> _waiting = [];

    /// <summary>Takes a proof; returns what can be written now.</summary>
    public List<DocumentProof> Take(DocumentProof proof)
    {
        if (proof.Open is not null)
        {
            if (_transcripts.TryGetValue(proof.Report.ExecutionId!, out TranscriptSigner? transcript))
            {
                return [proof.With(transcript)];
            }

            _waiting.Add(proof);
            return [];
        }

        List<DocumentProof> ready = [proof];
        if (proof.Report is { Kind: ProofKind.Transcript, ExecutionId: string id })
        {
            Add(id, proof.Report.Witness);
            ready.AddRange(_waiting.Where(invoice => invoice.Report.ExecutionId == id).Select(invoice => invoice.With(_transcripts[id])));
            _waiting.RemoveAll(invoice => invoice.Report.ExecutionId == id);
        }

        return ready;
    }

    /// <summary>The invoices whose transcripts did not come.</summary>
    public IReadOnlyList<DocumentProof> Rest => _waiting;

    /// <summary>If two transcripts have different signers, neither tells who signs invoices.</summary>
    private void Add(string id, TranscriptSigner transcript) =>
        _transcripts[id] = _transcripts.TryGetValue(id, out TranscriptSigner? other) && !Equals(other, transcript)
            ? transcript with { Signer = null, Dispatcher = null }
            : transcript;
}
