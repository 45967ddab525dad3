namespace Truebit.Proof;

/// <summary>What can be proved of a transcript or an invoice, with nothing but its bytes.</summary>
public sealed class ProofReport
{
    internal ProofReport(ProofKind kind, string? executionId, EthereumAddress? signer, IReadOnlyList<ProofCheck> checks)
    {
        Kind = kind;
        ExecutionId = executionId;
        Signer = signer;
        Checks = checks;
        List<ProofCheck> required = [.. checks.Where(static check => check.IsRequired)];
        Result = checks.Any(static check => check.Result == ProofResult.Failed) ? ProofResult.Failed
            : required.Count > 0 && required.TrueForAll(static check => check.Result == ProofResult.Proved) ? ProofResult.Proved
            : ProofResult.NotProvable;
    }

    /// <summary>What it is.</summary>
    public ProofKind Kind { get; }

    /// <summary>The execution that it says it is of.</summary>
    public string? ExecutionId { get; }

    /// <summary>
    /// The one address that the hub's signatures give; null where they give none, or several. It says who signed only as far as
    /// <see cref="ProofRule.OneSigner"/> is proved: a signature over a hash that cannot be recomputed can be forged without the key.
    /// </summary>
    public EthereumAddress? Signer { get; }

    /// <summary>
    /// The address that signed the dispatch message, if that has a key of its own; null otherwise. Then nothing is proved unless the caller
    /// expects both.
    /// </summary>
    public EthereumAddress? Dispatcher { get; internal init; }

    /// <summary>
    /// No check failed, and every required one is proved: the root and each message that the hub signed have a hash that is that
    /// of their content and a signature of that hash, all by one key, which content that is proved (or the caller) names; the
    /// keys and addresses printed are that key's; and all parts name one execution. So every byte of meaning is signed. Whose
    /// key it is, it does not say: for that, give <see cref="ProofOptions.ExpectedSigners"/>.
    /// </summary>
    /// <remarks>
    /// Not needed: the nodes' own signatures and the transcript hash (both are content that the messages around them cover), and
    /// an expected signer. Of the hub's own transcripts it is false as long as their envelopes are hashed in a way that is not
    /// published (truebit-api.md 8.3); the checks then say what is proved all the same.
    /// </remarks>
    public bool IsProved => Result == ProofResult.Proved;

    /// <summary>
    /// The overall result. Failed: a check failed. Proved: see <see cref="IsProved"/>. NotProvable: nothing failed, but what
    /// is published does not suffice to prove all that is required.
    /// </summary>
    public ProofResult Result { get; }

    /// <summary>What a transcript says of the invoice of its execution.</summary>
    public TranscriptSigner Witness =>
        Checks.Any(static check => check is { Rule: ProofRule.OneSigner, Result: ProofResult.Proved })
            ? new TranscriptSigner(ExecutionId, Signer, Dispatcher)
            : new TranscriptSigner(ExecutionId, null);

    /// <summary>All that was looked at.</summary>
    public IReadOnlyList<ProofCheck> Checks { get; }
}

/// <summary>What can be proved.</summary>
public enum ProofKind
{
    /// <summary>Neither of the others.</summary>
    Unknown,

    /// <summary>The messages of an execution (truebit-api.md 8).</summary>
    Transcript,

    /// <summary>What an execution cost (truebit-api.md 9).</summary>
    Invoice,
}

/// <summary>What the caller knows beforehand.</summary>
public sealed record ProofOptions
{
    /// <summary>The addresses of which one must have made each signature; none where the caller knows none.</summary>
    public IReadOnlyList<EthereumAddress> ExpectedSigners { get; init; } = [];

    /// <summary>The execution that the document must be of, in either case; null where the caller does not know it.</summary>
    public string? ExpectedExecution { get; init; }

    /// <summary>
    /// For an invoice: what the same execution's transcript says. An invoice has no key, so by itself it does not show
    /// from a changed one, whose signature would only give another address. The transcript's signer and id are then expected.
    /// </summary>
    public TranscriptSigner? Transcript { get; init; }
}

/// <summary>Who signed a transcript.</summary>
/// <param name="ExecutionId">The execution that it is of.</param>
/// <param name="Signer">The signer; null where it is not proved who signed.</param>
/// <param name="Dispatcher">Who signed the dispatch message, if that was another.</param>
public sealed record TranscriptSigner(string? ExecutionId, EthereumAddress? Signer, EthereumAddress? Dispatcher = null);
