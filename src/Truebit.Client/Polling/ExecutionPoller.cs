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
    private int _hasToldOfWord;

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
    public async Task<HubDocument> GetAsync(DocumentQuery wanted, TextGate texts, bool untilComplete, TimeSpan timeout, CancellationToken cancel)
    {
        PollRun run = new(PollGoal.Available(wanted), timeout, query.Pause, _timings) { NotFoundGrace = untilComplete ? TimeSpan.MaxValue : TimeSpan.Zero };
        try
        {
            return await PollAsync(
                run,
                new TaskPace(_timings),
                limit => hub.GetDocumentAsync(wanted, query with { Texts = texts }, limit),
                document => document.IsComplete || !untilComplete,
                cancel,
                failure => TellOfMissing(failure, wanted, timeout)).ConfigureAwait(false);
        }
        catch (HubException e) when (run.LastFailure == wanted.NotFound && wanted.Family is not null)
        {
            throw await FindFinishedAsync(wanted, cancel).ConfigureAwait(false) is HubExecution execution
                ? e.Explained(
                    $"The hub knows the execution, and it has finished ({execution.StatusText ?? $"{execution.Status}"}). So what is missing is late,"
                        + $" or this hub no longer has it at the documented address ({wanted.Path}).")
                : e;
        }
    }

    private async Task<T> PollAsync<T>(
        PollRun run, TaskPace pace, Func<CancellationToken, Task<T>> ask, Func<T, bool> isAnswer, CancellationToken cancel, Action<HubException>? onPassing = null)
        where T : class
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

                run.SawRunning(UnknownWord(found));
            }
            catch (HubException e) when (run.IsPassing(e))
            {
                onPassing?.Invoke(e);
            }

            await run.PauseAsync(pace, cancel).ConfigureAwait(false);
        }
    }

    /// <summary>The execution of a document that is missing; null where it is not known, has not finished, or the hub does not say.</summary>
    private async Task<HubExecution?> FindFinishedAsync(DocumentQuery wanted, CancellationToken cancel)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(_timings.LastAnswer);
        try
        {
            HubExecution execution = await hub.GetExecutionAsync(wanted.Family!.Value, wanted.Id, query, limit.Token).ConfigureAwait(false);
            return execution.IsFinished ? execution : null;
        }
        catch (Exception e) when (e is HubException or OperationCanceledException)
        {
            return null;
        }
    }

    /// <summary>The hub's word for a status, where it is not a documented one. Once for a command, it is told of.</summary>
    private string? UnknownWord(object found)
    {
        if (found is not HubExecution { Status: ExecutionStatus.Unknown } execution)
        {
            return null;
        }

        string word = query.Texts.Line(execution.StatusText ?? "");
        if (Interlocked.Exchange(ref _hasToldOfWord, 1) == 0)
        {
            query.Log.Warning($"The execution '{execution.Id}' has the status '{word}', which the hub's documentation does not have. It counts as running until it has an output.");
        }

        return word;
    }

    /// <summary>Once for a command: what is waited for may never come, as where the hub does not know the id.</summary>
    private void TellOfMissing(HubException failure, DocumentQuery wanted, TimeSpan timeout)
    {
        if (failure.Code == wanted.NotFound && Interlocked.Exchange(ref _hasToldOfMissing, 1) == 0)
        {
            query.Log.Warning($"The hub has no {wanted.Name} yet, or does not know it. Waiting for up to {timeout.TotalSeconds:0.#} s (-Timeout).");
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
