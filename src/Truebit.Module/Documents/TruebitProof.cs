using Truebit.Proof;

namespace Truebit;

/// <summary>What can be proved of one transcript or invoice, offline.</summary>
/// <remarks>No field has an enum type of Truebit.Proof: that alone would load the assembly when the module is imported.</remarks>
public sealed class TruebitProof
{
    private readonly ProofReport _report;

    internal TruebitProof(ProofReport report, string? source)
    {
        _report = report;
        Source = source;
    }

    /// <summary>Whether everything required is proved, and nothing failed.</summary>
    public bool IsProved => _report.IsProved;

    /// <summary>
    /// Proved; Failed: something does not match; NotProvable: nothing failed, but what the hub publishes, or what was given, is not
    /// enough.
    /// </summary>
    public string Result => _report.Result.ToString();

    /// <summary>The answer in one sentence or two.</summary>
    public string Reason => _report.Result switch
    {
        ProofResult.Failed => First(static check => check.Result == ProofResult.Failed),
        ProofResult.NotProvable => $"Nothing failed, but not everything can be proved. {First(static check => check is { IsRequired: true, Result: ProofResult.NotProvable })}",
        _ => $"Signed by {Signer} and unchanged. {Find(ProofRule.ExpectedSigner)?.Reason}".TrimEnd(),
    };

    /// <summary>Transcript or Invoice; Unknown if it is neither.</summary>
    public string Kind => _report.Kind.ToString();

    /// <summary>The execution that the document names.</summary>
    public string? ExecutionId => _report.ExecutionId;

    /// <summary>The one address that the hub's signatures recover to; null if there is none, or several. A signature does not show whose address it is.</summary>
    public string? Signer => _report.Signer?.ToString();

    /// <summary>The address that signed the dispatch message, if it has a key of its own; null otherwise.</summary>
    public string? Dispatcher => _report.Dispatcher?.ToString();

    /// <summary>All checks, each with its answer and the reason.</summary>
    public ProofCheck[] Checks => [.. _report.Checks];

    /// <summary>The file, and for a zip the file in it; null for objects and text.</summary>
    public string? Source { get; }

    /// <summary>The kind, the execution and the answer.</summary>
    public override string ToString() => $"{Kind} {ExecutionId} {Result}";

    private ProofCheck? Find(ProofRule rule) => _report.Checks.FirstOrDefault(check => check.Rule == rule);

    private string First(Func<ProofCheck, bool> condition)
    {
        ProofCheck check = _report.Checks.First(condition);
        return $"{char.ToUpperInvariant(check.Subject[0])}{check.Subject.Substring(1)}: {check.Reason}";
    }
}
