using System.Collections.Concurrent;

namespace Truebit.Client.Tests.Support;

/// <summary>Keeps the steps of submissions as a journal would.</summary>
internal sealed class RecordingObserver : ISubmissionObserver
{
    private readonly ConcurrentQueue<string> _steps = new();
    private readonly ConcurrentQueue<HubExecution> _accepted = new();
    private readonly ConcurrentQueue<string> _reasons = new();
    private readonly ConcurrentQueue<string?> _candidates = new();

    /// <summary>The names of the steps, in order.</summary>
    public IReadOnlyCollection<string> Steps => _steps;

    /// <summary>The executions whose ids became known.</summary>
    public IReadOnlyCollection<HubExecution> Executions => _accepted;

    /// <summary>Why submissions were refused or are unknown.</summary>
    public IReadOnlyCollection<string> Reasons => _reasons;

    /// <summary>The ids that came with unknown outcomes.</summary>
    public IReadOnlyCollection<string?> Candidates => _candidates;

    public Action OnSending { get; set; } = () => { };

    public void Sending()
    {
        OnSending();
        _steps.Enqueue("sending");
    }

    public void Refused(string why)
    {
        _steps.Enqueue("refused");
        _reasons.Enqueue(why);
    }

    public void Unknown(string why, string? candidateId)
    {
        _steps.Enqueue("unknown");
        _candidates.Enqueue(candidateId);
        _reasons.Enqueue(why);
    }

    public void Accepted(HubExecution execution)
    {
        _steps.Enqueue("accepted");
        _accepted.Enqueue(execution);
    }

    public void Finished(HubExecution execution) => _steps.Enqueue("finished");
}
