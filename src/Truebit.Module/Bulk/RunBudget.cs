using System.Diagnostics;

namespace Truebit.Bulk;

/// <summary>How much a run may still submit. What it may not is left for the next run.</summary>
internal sealed class RunBudget(int? mostSubmissions, TimeSpan? time)
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private int _submissions;
    private bool _isTimeUp;

    /// <summary>Why there is no more; null while there is.</summary>
    public string? Exhausted =>
        _submissions >= mostSubmissions ? $"-MaxSubmissions {mostSubmissions} was reached"
        : _isTimeUp || _clock.Elapsed >= time ? $"-TimeBudget {time} was used up"
        : null;

    /// <summary>Counts a submission.</summary>
    public void Spend() => _submissions++;

    /// <summary>The time is up by another clock than the one here, which may be a little behind.</summary>
    public void EndTime() => _isTimeUp = true;
}
