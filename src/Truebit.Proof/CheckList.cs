namespace Truebit.Proof;

/// <summary>Collects checks.</summary>
internal sealed class CheckList
{
    private readonly List<ProofCheck> _checks = [];

    public IReadOnlyList<ProofCheck> All => _checks;

    public void Proved(string subject, ProofRule rule, string reason) => Add(subject, rule, ProofAnswer.Proved, reason, true);

    public void Failed(string subject, ProofRule rule, string reason) => Add(subject, rule, ProofAnswer.Failed, reason, true);

    /// <summary>It cannot be told, and nothing is proved without it.</summary>
    public void Open(string subject, ProofRule rule, string reason) => Add(subject, rule, ProofAnswer.NotProvable, reason, true);

    /// <summary>It is there to be known; only its failure would matter.</summary>
    public void Note(string subject, ProofRule rule, ProofAnswer answer, string reason) => Add(subject, rule, answer, reason, false);

    private void Add(string subject, ProofRule rule, ProofAnswer answer, string reason, bool isRequired) =>
        _checks.Add(new ProofCheck(subject, rule, answer, reason, isRequired));
}
