namespace Truebit.Client;

/// <summary>When a submitted execution counts as done.</summary>
public enum SubmitMode
{
    /// <summary>Submitted asynchronously and polled until it is finished.</summary>
    Wait,

    /// <summary>The hub holds the answer for up to 60 seconds; polled after that.</summary>
    Sync,

    /// <summary>Done as soon as the hub has accepted it.</summary>
    Async,
}

/// <summary>Runs tasks for one caller: submits, and awaits as the mode says.</summary>
public sealed class TaskRunner
{
    private readonly HubClient _hub;
    private readonly SecretText? _apiKey;
    private readonly IHubLog _log;
    private readonly ExecutionPoller _poller;

    /// <summary>A runner for the holder of <paramref name="apiKey"/>.</summary>
    public TaskRunner(HubClient hub, SecretText? apiKey, IHubLog log)
    {
        _hub = hub;
        _apiKey = apiKey;
        _log = log;
        _poller = new ExecutionPoller(hub, apiKey);
    }

    /// <summary>Executes one task.</summary>
    /// <param name="request">What to execute.</param>
    /// <param name="mode">When it counts as done.</param>
    /// <param name="timeout">How long to wait for it after it was accepted.</param>
    /// <param name="accepted">Told of the execution as soon as its id is known, before any wait.</param>
    /// <param name="halt">Keeps it from being sent, if it was not yet; what was accepted is awaited all the same.</param>
    /// <param name="stop">Ends the wait for an accepted execution.</param>
    /// <exception cref="HubException">It was not accepted, was not finished in time, or nobody knows.</exception>
    /// <exception cref="OperationCanceledException">It was not sent, or not awaited, because of one of the tokens.</exception>
    public async Task<HubExecution> RunAsync(
        TaskRequest request, SubmitMode mode, TimeSpan timeout, Action<HubExecution> accepted, CancellationToken halt, CancellationToken stop)
    {
        HubExecution execution = await _hub.SubmitAsync(request, _apiKey, mode != SubmitMode.Sync, _log, halt).ConfigureAwait(false);
        accepted(execution);
        return execution.IsFinished || mode == SubmitMode.Async
            ? execution
            : await _poller.GetAsync(execution.Kind, execution.Id, isNew: true, once: false, timeout, stop).ConfigureAwait(false);
    }

    /// <summary>Asks for an execution that was submitted before; faults that pass are retried within the time-out.</summary>
    /// <param name="kind">Which family the id is of.</param>
    /// <param name="id">The execution's id.</param>
    /// <param name="untilFinished">False takes the first answer, running or not.</param>
    /// <param name="timeout">How long to wait.</param>
    /// <param name="stop">Ends the wait.</param>
    /// <exception cref="HubException">It was not finished in time, is not known, or cannot be read.</exception>
    public Task<HubExecution> GetAsync(TaskKind kind, string id, bool untilFinished, TimeSpan timeout, CancellationToken stop) =>
        _poller.GetAsync(kind, id, isNew: false, once: !untilFinished, timeout, stop);
}
