namespace Truebit.Proof;

/// <summary>Collects checks.</summary>
internal sealed class CheckList
{
    private readonly List<ProofCheck> _checks = [];

    public IReadOnlyList<ProofCheck> All => _checks;

    public void Proved(string subject, ProofRule rule, string reason) => Add(subject, rule, ProofResult.Proved, reason, true);

    public void Failed(string subject, ProofRule rule, string reason) => Add(subject, rule, ProofResult.Failed, reason, true);

    /// <summary>It cannot be decided, and nothing is proved without it.</summary>
    public void Open(string subject, ProofRule rule, string reason) => Add(subject, rule, ProofResult.NotProvable, reason, true);

    /// <summary>It is there to be known; only its failure would matter.</summary>
    public void Note(string subject, ProofRule rule, ProofResult result, string reason) => Add(subject, rule, result, reason, false);

    private void Add(string subject, ProofRule rule, ProofResult result, string reason, bool isRequired) =>
        _checks.Add(new ProofCheck(subject, rule, result, reason, isRequired));
}
