namespace Truebit.Sandbox;

/// <summary>Counts what happens and what it costs. One lock, so that a snapshot never shows half of an event.</summary>
internal sealed class Ledger(long? balance)
{
    private readonly object _gate = new();
    private long? _balance = balance;
    private SandboxCounts _counts = new();

    public SandboxCounts Counts
    {
        get
        {
            lock (_gate)
            {
                return _counts;
            }
        }
    }

    public void CountSubmission() => Update(counts => counts with { Submissions = counts.Submissions + 1 });

    public void CountRejection() => Update(counts => counts with { Rejections = counts.Rejections + 1 });

    public void CountStatusQuery() => Update(counts => counts with { StatusQueries = counts.StatusQueries + 1 });

    /// <summary>Charges one execution; false when the balance is used up.</summary>
    public bool TryCharge()
    {
        lock (_gate)
        {
            if (_balance is 0)
            {
                return false;
            }
            _balance--;
            _counts = _counts with { Executions = _counts.Executions + 1, Charges = _counts.Charges + 1 };
            return true;
        }
    }

    private void Update(Func<SandboxCounts, SandboxCounts> change)
    {
        lock (_gate)
        {
            _counts = change(_counts);
        }
    }
}
