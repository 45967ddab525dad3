using System.Diagnostics;

namespace Truebit.Client;

/// <summary>The polls of one execution: how long, how often, and what went wrong last.</summary>
internal sealed class PollRun(PollGoal goal, TimeSpan timeout, PauseGate paused, HubTimings timings)
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private HubException? _lastFailure;
    private string? _lastWord;
    private int _unreadable;
    private int _polls;

    /// <summary>For how long the hub may not know the id yet.</summary>
    public TimeSpan NotFoundGrace { get; init; } = TimeSpan.Zero;

    public TimeSpan Elapsed => _clock.Elapsed;

    /// <summary>How long an answer is awaited: what is left, and for the last poll a moment longer.</summary>
    public TimeSpan TimeForAnswer => timeout - Elapsed > timings.LastAnswer ? timeout - Elapsed : timings.LastAnswer;

    /// <summary>When it was last seen running; zero where it never was.</summary>
    public TimeSpan LastRunning { get; private set; }

    /// <summary>What went wrong with the last poll; null where nothing did.</summary>
    public HubErrorCode? LastFailure => _lastFailure?.Code;

    /// <summary>The hub answered that it is running.</summary>
    /// <param name="word">The hub's word for that, where it is not a documented one.</param>
    public void SawRunning(string? word = null)
    {
        LastRunning = Elapsed;
        _lastWord = word;
        _lastFailure = null;
        _unreadable = 0;
    }

    /// <summary>Whether asking again may bring another answer than this one.</summary>
    public bool IsPassing(HubException e)
    {
        _lastFailure = e;
        return e.Code switch
        {
            HubErrorCode.HubUnreachable => true,
            HubErrorCode.ExecutionNotFound or HubErrorCode.TranscriptNotFound or HubErrorCode.InvoiceNotFound => Elapsed < NotFoundGrace,
            HubErrorCode.InvalidResponse => (int?)e.StatusCode is 408 or 429 or >= 500 || ++_unreadable < timings.UnreadableAnswers,
            _ => false,
        };
    }

    /// <summary>Waits until the next poll is due.</summary>
    /// <exception cref="HubException">The time is over.</exception>
    public async Task PauseAsync(TaskPace pace, CancellationToken cancel)
    {
        bool hadEstimate = pace.FirstEstimate.IsCompleted;
        Task pause = Delay(pace, cancel);
        if (!hadEstimate && await Task.WhenAny(pause, pace.FirstEstimate).ConfigureAwait(false) != pause)
        {
            pause = Delay(pace, cancel);
        }

        await pause.ConfigureAwait(false);
        _polls++;
    }

    /// <summary>The time is over.</summary>
    public HubException TimedOut()
    {
        string why = paused.Remaining > TimeSpan.Zero
            ? $" The hub asked for a pause, which lasts another {paused.Remaining.TotalSeconds:0} s."
            : _lastFailure is null ? "" : $" The last answer: {_lastFailure.Message}";
        return new HubException(
            HubErrorCode.WaitTimeout,
            $"{goal.Missed} {timeout.TotalSeconds:0.#} s. {Advice}{why}")
        { ExecutionId = goal.Id };
    }

    private string Advice => _lastWord is null
        ? goal.Advice
        : $"Its status is '{_lastWord}', a word that the hub's documentation does not have and that may be final: Get-TruebitExecution without -Wait shows what the hub says.";

    private Task Delay(TaskPace pace, CancellationToken cancel)
    {
        TimeSpan left = timeout - Elapsed;
        TimeSpan pause = pace.Next(Elapsed, _polls);
        return left > TimeSpan.Zero ? Task.Delay(pause < left ? pause : left, cancel) : throw TimedOut();
    }
}
