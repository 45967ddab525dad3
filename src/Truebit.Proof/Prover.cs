namespace Truebit.Proof;

/// <summary>
/// Says offline what can be proved of a transcript or an invoice (truebit-api.md 8.3). Any bytes get a report, never an
/// exception. Any thread may call.
/// </summary>
public static class Prover
{
    private const string Whole = "document";

    /// <summary>Looks at all that can be computed.</summary>
    /// <param name="json">A transcript or an invoice as the hub sent it, in UTF-8.</param>
    /// <param name="options">What the caller knows beforehand.</param>
    public static ProofReport Prove(ReadOnlyMemory<byte> json, ProofOptions? options = null)
    {
        JsonText? text = JsonText.Read(json, out string problem);
        if (text is null)
        {
            return Refuse(ProofKind.Unknown, null, $"It cannot be read: {problem}.");
        }

        JsonMembers? members = JsonMembers.Read(text.Value);
        string? executionId = members?.FindString(MemberNames.ExecutionId);
        if (members?.Find(MemberNames.Transcript) is { IsArray: true } transcript)
        {
            List<JsonText> messages = transcript.Items();
            return messages.Count == 0
                ? Refuse(ProofKind.Transcript, executionId, "The transcript has no message.")
                : new TranscriptProof(members, messages, options ?? new ProofOptions()).Prove();
        }

        return members?.Find(MemberNames.AccountingSignature) is not null
            ? new InvoiceProof(members, options ?? new ProofOptions()).Prove()
            : Refuse(ProofKind.Unknown, executionId, "It is neither a transcript nor an invoice of the hub.");
    }

    /// <summary>The report on what should be a transcript or an invoice, and is not there or cannot be read.</summary>
    /// <param name="kind">What it should be.</param>
    /// <param name="reason">A sentence that says why.</param>
    public static ProofReport Refuse(ProofKind kind, string reason) => Refuse(kind, null, reason);

    private static ProofReport Refuse(ProofKind kind, string? executionId, string reason)
    {
        CheckList checks = new();
        checks.Failed(Whole, ProofRule.Form, reason);
        return new ProofReport(kind, executionId, null, checks.All);
    }
}
