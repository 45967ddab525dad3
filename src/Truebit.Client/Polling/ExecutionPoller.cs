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
        PollRun run = new(PollGoal.Finished(accepted.Id), timeout, _timings) { NotFoundGrace = _timings.NotFoundGrace };
        await run.PauseAsync(pace, cancel).ConfigureAwait(false);
        HubExecution finished = await PollAsync(
            run, pace, limit => hub.GetExecutionAsync(accepted.Kind, accepted.Id, apiKey, secrets, limit), static execution => execution.IsFinished, cancel)
            .ConfigureAwait(false);
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
    public async Task<HubExecution> GetAsync(TaskKind kind, string id, bool once, TimeSpan timeout, CancellationToken cancel)
    {
        PollRun run = new(PollGoal.Finished(id), timeout, _timings);
        HubExecution execution = await PollAsync(
            run,
            new TaskPace(_timings),
            limit => hub.GetExecutionAsync(kind, id, apiKey, [], limit),
            execution => execution.IsFinished || once,
            cancel).ConfigureAwait(false);
        if (run.LastRunning > TimeSpan.Zero)
        {
            execution.EndSeenAt = DateTime.UtcNow;
        }

        return execution;
    }

    /// <summary>Asks for a transcript or an invoice, at once; faults that pass are retried within the time-out.</summary>
    /// <param name="query">Which one.</param>
    /// <param name="untilComplete">One that is not there yet, or not whole, is waited for.</param>
    /// <param name="timeout">How long to wait for it.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <exception cref="HubException">It was not there, or not in time, or cannot be read.</exception>
    public Task<HubRecord> GetAsync(RecordQuery query, bool untilComplete, TimeSpan timeout, CancellationToken cancel) =>
        PollAsync(
            new PollRun(PollGoal.There(query), timeout, _timings) { NotFoundGrace = untilComplete ? TimeSpan.MaxValue : TimeSpan.Zero },
            new TaskPace(_timings),
            limit => hub.GetRecordAsync(query, apiKey, limit),
            record => record.IsComplete || !untilComplete,
            cancel);

    private async Task<T> PollAsync<T>(
        PollRun run, TaskPace pace, Func<CancellationToken, Task<T>> ask, Func<T, bool> isAnswer, CancellationToken cancel)
    {
        while (true)
        {
            try
            {
                T found = await AskAsync(run, ask, cancel).ConfigureAwait(false);
                if (isAnswer(found))
                {
                    return found;
                }

                run.SawRunning();
            }
            catch (HubException e) when (run.IsPassing(e))
            {
            }

            await run.PauseAsync(pace, cancel).ConfigureAwait(false);
        }
    }

    private async Task<T> AskAsync<T>(PollRun run, Func<CancellationToken, Task<T>> ask, CancellationToken cancel)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(run.TimeForAnswer);
        try
        {
            await _turn.WaitAsync(limit.Token).ConfigureAwait(false);
            try
            {
                return await ask(limit.Token).ConfigureAwait(false);
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

/// <summary>What polls are to reach, and what is said when they do not.</summary>
/// <param name="Id">What is asked for by.</param>
/// <param name="Missed">How the error begins; the time follows.</param>
/// <param name="Advice">How it goes on.</param>
internal sealed record PollGoal(string Id, string Missed, string Advice)
{
    /// <summary>The end of an execution.</summary>
    public static PollGoal Finished(string id) =>
        new(id, $"The execution '{id}' was not finished after", "It goes on at the hub: ask again with Get-TruebitExecution -Wait.");

    /// <summary>A transcript or an invoice.</summary>
    public static PollGoal There(RecordQuery query) => new(query.Id, $"The {query.Name} was not there, or not complete, after", "Ask for it again later.");
}

/// <summary>The polls of one execution: how long, how often, and what went wrong last.</summary>
internal sealed class PollRun(PollGoal goal, TimeSpan timeout, HubTimings timings)
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private HubException? _lastFailure;
    private int _unreadable;
    private int _polls;

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
            HubErrorCode.ExecutionNotFound or HubErrorCode.TranscriptNotFound or HubErrorCode.InvoiceNotFound => Elapsed < NotFoundGrace,
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
            $"{goal.Missed} {timeout.TotalSeconds:0.#} s. {goal.Advice}{why}")
        { ExecutionId = goal.Id };
    }

    private Task Delay(TaskPace pace, CancellationToken cancel)
    {
        TimeSpan left = timeout - Elapsed;
        TimeSpan pause = pace.Next(Elapsed, _polls);
        return left > TimeSpan.Zero ? Task.Delay(pause < left ? pause : left, cancel) : throw Late();
    }
}
