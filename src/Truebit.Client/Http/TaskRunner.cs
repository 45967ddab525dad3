namespace Truebit.Client;

/// <summary>Runs tasks for one command: submits, and awaits as the mode says.</summary>
public sealed class TaskRunner
{
    /// <summary>An accepting answer takes one round trip, so this many connections submit thousands of tasks a second.</summary>
    private const int MaxSubmitting = 32;

    private readonly HubClient _hub;
    private readonly string? _apiKey;
    private readonly IHubLog _log;
    private readonly ExecutionPoller _poller;
    private readonly PauseGate _querying;
    private readonly FlowControl _submitting;
    private readonly FlowControl _holding;
    private readonly object _lock = new();
    private ExecutionIdSet _ids = new();

    /// <summary>A runner for the holder of <paramref name="apiKey"/>.</summary>
    /// <param name="hub">The hub.</param>
    /// <param name="apiKey">The key; null where only executions are asked for.</param>
    /// <param name="maxHeld">How many sync calls, which the hub holds for up to 60 seconds, may be on the wire.</param>
    /// <param name="log">Receives retries and pauses.</param>
    /// <param name="outlastsPauses">Whether rows wait as long as the hub wants, instead of being given up: something else ends the wait.</param>
    /// <param name="rate">How fast submissions may follow each other; null where nothing limits that.</param>
    public TaskRunner(HubClient hub, SecretText? apiKey, int maxHeld, IHubLog log, bool outlastsPauses = false, SubmissionRate? rate = null)
    {
        _hub = hub;
        _apiKey = apiKey?.Reveal();
        _log = log;
        _submitting = new FlowControl(MaxSubmitting, hub.Timings, outlastsPauses, rate);
        _holding = new FlowControl(maxHeld, hub.Timings, outlastsPauses, rate);
        Texts = new TextGate(_apiKey);
        _querying = new PauseGate(hub.Timings, hub.Timings.MaxQueryPause);
        _poller = new ExecutionPoller(hub, new HubQuery(_apiKey, Texts, _querying, log));
    }

    /// <summary>Where the key comes from, in words, for the error that the hub refuses it.</summary>
    public string? KeySource { get; init; }

    /// <summary>How long the hub wants nothing to be sent to it, or asked of it; zero where it does not. Any thread may ask.</summary>
    public TimeSpan PauseLeft => new[] { _submitting.PauseLeft, _holding.PauseLeft, _querying.Remaining }.Max();

    /// <summary>Takes the key out of text from outside; <see cref="TextGate.For"/> takes out a request's secrets, too.</summary>
    public TextGate Texts { get; }

    /// <summary>Takes over the ids of a journal, before anything is sent: an answer that gives one of them accepts nothing.</summary>
    public void Reserve(Journal journal) => _ids = journal.Ids;

    /// <summary>Tells of an execution of another row: an answer that gives its id accepts nothing. Any thread may call it.</summary>
    /// <returns>Whether no row had the id.</returns>
    public bool Reserve(string id)
    {
        ulong hash = ExecutionIdSet.Hash(id);
        lock (_lock)
        {
            return _ids.Add(hash);
        }
    }

    /// <summary>Executes one task.</summary>
    /// <param name="request">What to execute.</param>
    /// <param name="mode">When it counts as done.</param>
    /// <param name="timeout">How long to wait for it after it was accepted.</param>
    /// <param name="observer">Notified of each step before it is taken, or as it is.</param>
    /// <param name="halt">Keeps it from being sent, if it was not yet; what was accepted is awaited all the same.</param>
    /// <param name="stop">Ends the wait for an accepted execution.</param>
    /// <exception cref="HubException">It was not accepted, was not finished in time, or its outcome is unknown.</exception>
    /// <exception cref="OperationCanceledException">It was not sent, or not awaited, because of one of the tokens.</exception>
    public async Task<HubExecution> RunAsync(
        TaskRequest request, SubmitMode mode, TimeSpan timeout, ISubmissionObserver observer, CancellationToken halt, CancellationToken stop)
    {
        TextGate texts = Texts.For(request.Secrets);
        HubExecution execution = await SubmitAsync(request, mode, observer, texts, halt).ConfigureAwait(false);
        observer.Accepted(execution);
        if (!execution.IsFinished && mode != SubmitMode.Async)
        {
            execution = await _poller.FollowAsync(execution, texts, _hub.Paces.GetOrAdd(request), timeout, stop).ConfigureAwait(false);
        }

        if (execution.IsFinished)
        {
            execution = execution.SeenFinishedNow();
            observer.Finished(execution);
        }

        return execution;
    }

    /// <summary>Asks for an execution that was submitted before; faults that pass are retried within the time-out.</summary>
    /// <param name="kind">Which family the id is of.</param>
    /// <param name="id">The execution's id.</param>
    /// <param name="secrets">The secrets of its request, as far as they are known: the hub may quote them.</param>
    /// <param name="untilFinished">False takes the first answer, running or not.</param>
    /// <param name="timeout">How long to wait.</param>
    /// <param name="stop">Ends the wait.</param>
    /// <exception cref="HubException">It was not finished in time, is not known, or cannot be read.</exception>
    public Task<HubExecution> GetAsync(
        TaskKind kind, string id, IReadOnlyList<SecretText> secrets, bool untilFinished, TimeSpan timeout, CancellationToken stop) =>
        _poller.GetAsync(kind, id, Texts.For(secrets), once: !untilFinished, timeout, stop);

    /// <summary>Asks for a transcript or an invoice; faults that pass are retried within the time-out.</summary>
    /// <param name="query">Which one.</param>
    /// <param name="secrets">The secrets of the execution's request, as far as they are known: the hub may quote them.</param>
    /// <param name="untilComplete">Waits for one that is missing or incomplete.</param>
    /// <param name="timeout">How long to wait.</param>
    /// <param name="stop">Ends the wait.</param>
    /// <exception cref="HubException">It was not there, or not in time, or cannot be read.</exception>
    public Task<HubDocument> GetAsync(
        DocumentQuery query, IReadOnlyList<SecretText> secrets, bool untilComplete, TimeSpan timeout, CancellationToken stop) =>
        _poller.GetAsync(query, Texts.For(secrets), untilComplete, timeout, stop);

    private async Task<HubExecution> SubmitAsync(
        TaskRequest request, SubmitMode mode, ISubmissionObserver observer, TextGate texts, CancellationToken halt)
    {
        bool isHeld = mode == SubmitMode.Sync;
        try
        {
            HubExecution execution = await _hub.SubmitAsync(
                request, _apiKey, !isHeld, isHeld ? _holding : _submitting, observer, _log, texts, halt).ConfigureAwait(false);
            return Reserve(execution.Id) ? execution : throw _hub.AlreadyGiven(execution.Id, texts);
        }
        catch (HubException e) when (e.Code == HubErrorCode.OutcomeUnknown)
        {
            observer.Unknown(e.Message, e.CandidateId);
            throw;
        }
        catch (HubException e)
        {
            HubException refused = e is { Code: HubErrorCode.AuthenticationFailed, StatusCode: not null }
                ? e.Explained($"Rights are granted by namespace; this one is '{request.Namespace}'.{(KeySource is null ? "" : $" The key is from {KeySource}.")}")
                : e;
            observer.Refused(refused.Message);
            throw refused;
        }
    }
}
