using Truebit.Proof;

namespace Truebit;

/// <summary>What can be proved of one transcript or invoice, offline.</summary>
/// <remarks>Nothing here is a field of an enum of Truebit.Proof: that alone would load it when the module is imported.</remarks>
public sealed class TruebitProof
{
    private readonly ProofReport _report;

    internal TruebitProof(ProofReport report, string? source)
    {
        _report = report;
        Source = source;
    }

    /// <summary>Whether all that is required is proved, and nothing failed.</summary>
    public bool IsProved => _report.IsProved;

    /// <summary>
    /// Proved; Failed: something does not agree; NotProvable: nothing failed, but what the hub publishes, or what was given,
    /// does not suffice.
    /// </summary>
    public ProofAnswer Answer => _report.Answer;

    /// <summary>The answer in one sentence or two.</summary>
    public string Reason => Answer switch
    {
        ProofAnswer.Failed => First(static check => check.Answer == ProofAnswer.Failed),
        ProofAnswer.NotProvable => $"Nothing failed, and not all can be proved. {First(static check => check is { IsRequired: true, Answer: ProofAnswer.NotProvable })}",
        _ => $"It is signed by {Signer} and was not changed. {Find(ProofRule.ExpectedSigner)?.Reason}".TrimEnd(),
    };

    /// <summary>Transcript or Invoice; Unknown for what is neither.</summary>
    public ProofKind Kind => _report.Kind;

    /// <summary>The execution that the document says it is of.</summary>
    public string? ExecutionId => _report.ExecutionId;

    /// <summary>The one address that the hub's signatures give; null where they give none, or several. Whose it is, a signature cannot say.</summary>
    public string? Signer => _report.Signer?.ToString();

    /// <summary>All that was looked at, each with its answer and the reason.</summary>
    public ProofCheck[] Checks => [.. _report.Checks];

    /// <summary>The file, with the name of the file in it where it is a zip; null for objects and text.</summary>
    public string? Source { get; }

    /// <summary>The kind, the execution and the answer.</summary>
    public override string ToString() => $"{Kind} {ExecutionId} {Answer}";

    private ProofCheck? Find(ProofRule rule) => _report.Checks.FirstOrDefault(check => check.Rule == rule);

    private string First(Func<ProofCheck, bool> condition)
    {
        ProofCheck check = _report.Checks.First(condition);
        return $"{char.ToUpperInvariant(check.Subject[0])}{check.Subject.Substring(1)}: {check.Reason}";
    }
}
