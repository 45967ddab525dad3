namespace Truebit.Client;

/// <summary>
/// Asks for a running execution until it is finished: when it is likely to be, by the pace of its task, and never for many at
/// once. One poller serves all executions of a command.
/// </summary>
internal sealed class ExecutionPoller(HubClient hub, HubQuery query)
{
    /// <summary>More polls at a time than this make no execution finish sooner.</summary>
    private const int MaxConcurrentPolls = 32;

    private readonly SemaphoreSlim _turn = new(MaxConcurrentPolls);
    private readonly HubTimings _timings = hub.Timings;
    private int _hasToldOfMissing;

    /// <summary>Waits for an execution that was accepted just now.</summary>
    /// <exception cref="HubException">It was not finished in time, is not known, or cannot be read.</exception>
    public async Task<HubExecution> FollowAsync(
        HubExecution accepted, TextGate texts, TaskPace pace, TimeSpan timeout, CancellationToken cancel)
    {
        PollRun run = new(PollGoal.Finished(accepted.Id), timeout, query.Pause, _timings) { NotFoundGrace = _timings.NotFoundGrace };
        await run.PauseAsync(pace, cancel).ConfigureAwait(false);
        HubExecution finished = await PollAsync(
            run, pace, limit => hub.GetExecutionAsync(accepted.Kind, accepted.Id, query with { Texts = texts }, limit), static execution => execution.IsFinished, cancel)
            .ConfigureAwait(false);
        pace.Learn(run.LastRunning, run.Elapsed);
        return finished;
    }

    /// <summary>Asks for an execution, at once; faults that pass are retried within the time-out.</summary>
    /// <param name="kind">Which family the id is of.</param>
    /// <param name="id">The execution's id.</param>
    /// <param name="texts">Takes secrets out of what the hub says.</param>
    /// <param name="once">A running execution is an answer too.</param>
    /// <param name="timeout">How long to wait for it.</param>
    /// <param name="cancel">Ends the wait; the execution goes on.</param>
    /// <exception cref="HubException">It was not finished in time, is not known, or cannot be read.</exception>
    public async Task<HubExecution> GetAsync(TaskKind kind, string id, TextGate texts, bool once, TimeSpan timeout, CancellationToken cancel)
    {
        PollRun run = new(PollGoal.Finished(id), timeout, query.Pause, _timings);
        HubExecution execution = await PollAsync(
            run,
            new TaskPace(_timings),
            limit => hub.GetExecutionAsync(kind, id, query with { Texts = texts }, limit),
            execution => execution.IsFinished || once,
            cancel).ConfigureAwait(false);
        return run.LastRunning > TimeSpan.Zero ? execution.SeenFinishedNow() : execution;
    }

    /// <summary>Asks for a transcript or an invoice, at once; faults that pass are retried within the time-out.</summary>
    /// <param name="wanted">Which one.</param>
    /// <param name="texts">Takes secrets out of what the hub says.</param>
    /// <param name="untilComplete">Waits for one that is missing or incomplete.</param>
    /// <param name="timeout">How long to wait for it.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <exception cref="HubException">It was not there, or not in time, or cannot be read.</exception>
    public Task<HubDocument> GetAsync(DocumentQuery wanted, TextGate texts, bool untilComplete, TimeSpan timeout, CancellationToken cancel) =>
        PollAsync(
            new PollRun(PollGoal.Available(wanted), timeout, query.Pause, _timings) { NotFoundGrace = untilComplete ? TimeSpan.MaxValue : TimeSpan.Zero },
            new TaskPace(_timings),
            limit => hub.GetDocumentAsync(wanted, query with { Texts = texts }, limit),
            document => document.IsComplete || !untilComplete,
            cancel,
            failure => TellOfMissing(failure, wanted, timeout));

    private async Task<T> PollAsync<T>(
        PollRun run, TaskPace pace, Func<CancellationToken, Task<T>> ask, Func<T, bool> isAnswer, CancellationToken cancel, Action<HubException>? onPassing = null)
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
                onPassing?.Invoke(e);
            }

            await run.PauseAsync(pace, cancel).ConfigureAwait(false);
        }
    }

    /// <summary>Once for a command: what is waited for may never come, as where the hub does not know the id.</summary>
    private void TellOfMissing(HubException failure, DocumentQuery wanted, TimeSpan timeout)
    {
        if (failure.Code == wanted.NotFound && Interlocked.Exchange(ref _hasToldOfMissing, 1) == 0)
        {
            query.Log.Warning($"The hub has no {wanted.Name} yet. It is waited for, for up to {timeout.TotalSeconds:0.#} s (-Timeout), also if the hub does not know the id.");
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
            throw run.TimedOut();
        }
    }
}
