namespace Truebit.Sandbox;

/// <summary>Counts what happens, and lists what was charged. One lock, so that a snapshot never shows half of an event.</summary>
internal sealed class Ledger(long? balance)
{
    private readonly object _lock = new();
    private long? _balance = balance;
    private readonly List<SandboxCharge> _charges = [];
    private SandboxCounts _counts = new();

    public SandboxCounts Counts
    {
        get
        {
            lock (_lock)
            {
                return _counts;
            }
        }
    }

    /// <summary>What was charged so far, in the order of acceptance.</summary>
    public SandboxCharge[] Charges
    {
        get
        {
            lock (_lock)
            {
                return [.. _charges];
            }
        }
    }

    public void CountSubmission() => Update(counts => counts with { Submissions = counts.Submissions + 1 });

    public void CountRejection() => Update(counts => counts with { Rejections = counts.Rejections + 1 });

    public void CountStatusQuery() => Update(counts => counts with { StatusQueries = counts.StatusQueries + 1 });

    public void CountFault() => Update(counts => counts with { Faults = counts.Faults + 1 });

    /// <summary>Charges one execution; false when the balance is used up.</summary>
    public bool TryCharge(SandboxCharge charge)
    {
        lock (_lock)
        {
            if (_balance is 0)
            {
                return false;
            }

            _balance--;
            _charges.Add(charge);
            _counts = _counts with { Executions = _counts.Executions + 1, Charges = _counts.Charges + 1 };
            return true;
        }
    }

    private void Update(Func<SandboxCounts, SandboxCounts> change)
    {
        lock (_lock)
        {
            _counts = change(_counts);
        }
    }
}
