namespace Truebit.Proof;

/// <summary>Collects checks.</summary>
internal sealed class CheckList
{
    private readonly List<ProofCheck> _checks = [];

    public IReadOnlyList<ProofCheck> All => _checks;

    public void Proved(string subject, ProofRule rule, string reason) => Add(subject, rule, ProofResult.Proved, reason, true);

    public void Failed(string subject, ProofRule rule, string reason) => Add(subject, rule, ProofResult.Failed, reason, true);

    /// <summary>Adds whether the document is of the execution that the caller expects, if one is expected.</summary>
    public void CheckExecution(string subject, string? id, string? expected)
    {
        if (expected is null || id is null)
        {
            return;
        }

        bool isSame = id.Equals(expected, StringComparison.OrdinalIgnoreCase);
        Action<string, ProofRule, string> add = isSame ? Proved : Failed;
        add(subject, ProofRule.ExecutionId, isSame ? $"It belongs to the execution {expected}, as expected." : $"It belongs to another execution than {expected}.");
    }

    /// <summary>It cannot be decided, and nothing is proved without it.</summary>
    public void Open(string subject, ProofRule rule, string reason) => Add(subject, rule, ProofResult.NotProvable, reason, true);

    /// <summary>It is there to be known; only its failure would matter.</summary>
    public void Note(string subject, ProofRule rule, ProofResult result, string reason) => Add(subject, rule, result, reason, false);

    private void Add(string subject, ProofRule rule, ProofResult result, string reason, bool isRequired) =>
        _checks.Add(new ProofCheck(subject, rule, result, reason, isRequired));
}
