namespace Truebit.Proof;

/// <summary>Whether all parts of a transcript name one execution.</summary>
internal sealed class ExecutionIds(JsonMembers root)
{
    private string? _without;
    private string? _other;
    private int _count;

    public string? Id { get; } = root.FindString(MemberNames.ExecutionId);

    /// <param name="subject">The part.</param>
    /// <param name="members">Its members.</param>
    /// <param name="isNeeded">Whether it should name the execution; messages of unknown form need not.</param>
    public void Add(string subject, JsonMembers members, bool isNeeded)
    {
        if (members.Find(MemberNames.ExecutionId) is not JsonText id)
        {
            _without ??= isNeeded ? subject : null;
        }
        else if (id.AsString() is string text && text == Id)
        {
            _count++;
        }
        else
        {
            _other ??= subject;
        }
    }

    public void Check(CheckList checks)
    {
        const string subject = "transcript";
        if (Id is null)
        {
            checks.Open(subject, ProofRule.ExecutionId, "The root names no execution.");
        }
        else if (_other is not null)
        {
            checks.Failed(subject, ProofRule.ExecutionId, $"The root and {_other} name different executions.");
        }
        else if (_without is not null)
        {
            checks.Open(subject, ProofRule.ExecutionId, $"There is no execution named in {_without}.");
        }
        else
        {
            checks.Proved(subject, ProofRule.ExecutionId, $"The root and the messages name the same execution, {_count + 1} times.");
        }
    }
}
