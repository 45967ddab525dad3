namespace Truebit.Proof;

/// <summary>One thing that was looked at, and what came of it.</summary>
/// <param name="Subject">What it is about, such as "root", "message 2 (api_outcome)" or "invoice".</param>
/// <param name="Rule">What was asked.</param>
/// <param name="Result">What came of it.</param>
/// <param name="Reason">One sentence that says why.</param>
/// <param name="IsRequired">Whether <see cref="ProofReport.IsProved"/> needs it proved. Other checks are informative.</param>
public sealed record ProofCheck(string Subject, ProofRule Rule, ProofResult Result, string Reason, bool IsRequired)
{
    /// <summary>The whole check in a line.</summary>
    public override string ToString() => $"{Result}: {Subject}, {Rule}: {Reason}";
}

/// <summary>The three results: nothing that is not known counts as proved.</summary>
public enum ProofResult
{
    /// <summary>It was computed, and it agrees.</summary>
    Proved,

    /// <summary>It was computed, and it does not agree; or it cannot be what it claims to be.</summary>
    Failed,

    /// <summary>What is published does not suffice to tell.</summary>
    NotProvable,
}

/// <summary>What a check asks.</summary>
public enum ProofRule
{
    /// <summary>It is JSON of a known form.</summary>
    Form,

    /// <summary>The hash that is signed is the hash of the content (truebit-api.md 8.3, 3).</summary>
    ContentHash,

    /// <summary>The signature is one of that hash, by the key of the whole (8.3, 1).</summary>
    Signature,

    /// <summary>The key that is printed is the one that signed (8.3, 2).</summary>
    PublicKey,

    /// <summary>The address that is printed is that of the key that signed (8.3, 2).</summary>
    SenderAddress,

    /// <summary>The nodes' own signatures, of which it is not published what they cover.</summary>
    NodeSignature,

    /// <summary>The hash that the last message gives of those before it.</summary>
    TranscriptHash,

    /// <summary>All that the hub signed is signed by one key, and content that is proved ties it to that key.</summary>
    OneSigner,

    /// <summary>All parts name one execution.</summary>
    ExecutionId,

    /// <summary>The signer is the one that the caller expects.</summary>
    ExpectedSigner,
}
