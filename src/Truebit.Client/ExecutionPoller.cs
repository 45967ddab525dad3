using System.Diagnostics;

namespace Truebit.Client;

/// <summary>
/// Asks for a running execution until it is finished: when it is likely to be, by the pace of its task, and never for many at
/// once. One poller serves all executions of a command.
/// </summary>
internal sealed class ExecutionPoller(HubClient hub, string? apiKey)
{
    /// <summary>More polls at a time than this make no execution finish sooner.</summary>
    private const int MostAtOnce = 32;

    private readonly SemaphoreSlim _turn = new(MostAtOnce);
    private readonly HubTimings _timings = hub.Timings;

    /// <summary>Waits for an execution that was accepted just now.</summary>
    /// <exception cref="HubException">It was not finished in time, is not known, or cannot be read.</exception>
    public async Task<HubExecution> FollowAsync(
        HubExecution accepted, IReadOnlyList<SecretText> secrets, TaskPace pace, TimeSpan timeout, CancellationToken cancel)
    {
        PollRun run = new(accepted.Kind, accepted.Id, timeout, _timings) { NotFoundGrace = _timings.NotFoundGrace, Secrets = secrets };
        await run.PauseAsync(pace, cancel).ConfigureAwait(false);
        HubExecution finished = await PollAsync(run, pace, once: false, cancel).ConfigureAwait(false);
        pace.Learn(run.LastRunning, run.Elapsed);
        return finished;
    }

    /// <summary>Asks for an execution, at once; faults that pass are retried within the time-out.</summary>
    /// <param name="kind">Which family the id is of.</param>
    /// <param name="id">The execution's id.</param>
    /// <param name="once">A running execution is an answer too.</param>
    /// <param name="timeout">How long to wait for it.</param>
    /// <param name="cancel">Ends the wait; the execution goes on.</param>
    /// <exception cref="HubException">It was not finished in time, is not known, or cannot be read.</exception>
    public Task<HubExecution> GetAsync(TaskKind kind, string id, bool once, TimeSpan timeout, CancellationToken cancel) =>
        PollAsync(new PollRun(kind, id, timeout, _timings), new TaskPace(_timings), once, cancel);

    private async Task<HubExecution> PollAsync(PollRun run, TaskPace pace, bool once, CancellationToken cancel)
    {
        while (true)
        {
            try
            {
                HubExecution execution = await AskAsync(run, cancel).ConfigureAwait(false);
                if (execution.IsFinished || once)
                {
                    return execution;
                }

                run.SawRunning();
            }
            catch (HubException e) when (run.IsPassing(e))
            {
            }

            await run.PauseAsync(pace, cancel).ConfigureAwait(false);
        }
    }

    private async Task<HubExecution> AskAsync(PollRun run, CancellationToken cancel)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(run.TimeForAnswer);
        try
        {
            await _turn.WaitAsync(limit.Token).ConfigureAwait(false);
            try
            {
                return await hub.GetExecutionAsync(run.Kind, run.Id, apiKey, run.Secrets, limit.Token).ConfigureAwait(false);
            }
            finally
            {
                _turn.Release();
            }
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw run.Late();
        }
    }
}

/// <summary>The polls of one execution: how long, how often, and what went wrong last.</summary>
internal sealed class PollRun(TaskKind kind, string id, TimeSpan timeout, HubTimings timings)
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private HubException? _lastFailure;
    private int _unreadable;
    private int _polls;

    public TaskKind Kind => kind;

    public string Id => id;

    /// <summary>The secrets in its request, which the hub may quote.</summary>
    public IReadOnlyList<SecretText> Secrets { get; init; } = [];

    /// <summary>For how long the hub may not know the id yet.</summary>
    public TimeSpan NotFoundGrace { get; init; } = TimeSpan.Zero;

    public TimeSpan Elapsed => _clock.Elapsed;

    /// <summary>How long an answer is awaited: what is left, and for the last poll a moment longer.</summary>
    public TimeSpan TimeForAnswer => timeout - Elapsed > timings.LastAnswer ? timeout - Elapsed : timings.LastAnswer;

    /// <summary>When it was last seen running; zero where it never was.</summary>
    public TimeSpan LastRunning { get; private set; }

    /// <summary>The hub answered that it is running.</summary>
    public void SawRunning()
    {
        LastRunning = Elapsed;
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
            HubErrorCode.ExecutionNotFound => Elapsed < NotFoundGrace,
            HubErrorCode.InvalidResponse => (int?)e.StatusCode is 408 or 429 or >= 500 || ++_unreadable < timings.UnreadableAnswers,
            _ => false,
        };
    }

    /// <summary>Waits until the next poll is due.</summary>
    /// <exception cref="HubException">The time is over.</exception>
    public async Task PauseAsync(TaskPace pace, CancellationToken cancel)
    {
        bool wasKnown = pace.Known.IsCompleted;
        Task pause = Delay(pace, cancel);
        if (!wasKnown && await Task.WhenAny(pause, pace.Known).ConfigureAwait(false) != pause)
        {
            pause = Delay(pace, cancel);
        }

        await pause.ConfigureAwait(false);
        _polls++;
    }

    /// <summary>The time is over.</summary>
    public HubException Late()
    {
        string why = _lastFailure is null ? "" : $" The last answer: {_lastFailure.Message}";
        return new HubException(
            HubErrorCode.WaitTimeout,
            $"The execution '{id}' was not finished after {timeout.TotalSeconds:0.#} s. It goes on at the hub: ask again with Get-TruebitExecution -Wait.{why}")
        { ExecutionId = id };
    }

    private Task Delay(TaskPace pace, CancellationToken cancel)
    {
        TimeSpan left = timeout - Elapsed;
        TimeSpan pause = pace.Next(Elapsed, _polls);
        return left > TimeSpan.Zero ? Task.Delay(pause < left ? pause : left, cancel) : throw Late();
    }
}
