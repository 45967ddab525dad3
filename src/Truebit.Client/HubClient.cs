namespace Truebit.Client;

/// <summary>
/// The hub over HTTP: executes tasks and asks for executions (truebit-api.md 1). A POST is sent again only when
/// the hub cannot have handled it; a GET may be sent as often as one likes.
/// </summary>
public sealed class HubClient : IDisposable
{
    private readonly HubTransport _transport;
    private readonly ReplyReader _reader;
    private readonly PauseGate _gate = new();
    private volatile bool _lastConnectFailed;

    /// <summary>A client of the hub at <paramref name="endpoint"/>.</summary>
    public HubClient(Uri endpoint)
        : this(endpoint, new HubTimings())
    {
    }

    internal HubClient(Uri endpoint, HubTimings timings)
    {
        Endpoint = endpoint ?? throw new ArgumentNullException(nameof(endpoint));
        Timings = timings;
        _transport = new HubTransport(endpoint);
        _reader = new ReplyReader(endpoint.Authority);
    }

    /// <summary>The hub's base address.</summary>
    public Uri Endpoint { get; }

    internal HubTimings Timings { get; }

    /// <summary>Asks the hub to execute an API task.</summary>
    /// <param name="request">What to execute.</param>
    /// <param name="apiKey">The caller's key; it is put on this request only.</param>
    /// <param name="async">False asks the hub to hold the answer for up to 60 seconds (truebit-api.md 4.1).</param>
    /// <param name="log">Told of retries and pauses.</param>
    /// <param name="stop">Ends waits before the request is sent. A request on the wire is always awaited, because it may be paid for.</param>
    /// <returns>The execution: finished, or running where the hub answered with only an id.</returns>
    /// <exception cref="HubException">The request was not accepted, or nobody knows.</exception>
    public async Task<HubExecution> SubmitAsync(
        TaskRequest request, SecretText? apiKey, bool async, IHubLog log, CancellationToken stop)
    {
        string? key = apiKey?.Reveal();
        HubReply reply = await PostAsync("task/api/execute-by-name", request.ToJson(async), key, log, stop)
            .ConfigureAwait(false);
        return _reader.ReadSubmission(reply, TaskKind.Api, [.. request.Headers.Select(static header => header.Value), apiKey]);
    }

    /// <summary>Asks once for an execution.</summary>
    /// <exception cref="HubException">The hub does not know it, or did not answer as a hub does.</exception>
    public async Task<HubExecution> GetExecutionAsync(TaskKind kind, string id, SecretText? apiKey, CancellationToken cancel)
    {
        await _gate.WaitAsync(cancel).ConfigureAwait(false);
        string family = kind == TaskKind.Api ? "api" : "function";
        try
        {
            // The documentation lists no key for this call; sending it does no harm (truebit-api.md 6).
            HubReply reply = await _transport.SendAsync(
                $"task/{family}/execution-status/{Uri.EscapeDataString(id)}", null, apiKey?.Reveal(), Timings.StatusTimeout, cancel)
                .ConfigureAwait(false);
            if (ReplyReader.AsksForPause(reply))
            {
                TimeSpan wait = reply.RetryAfter ?? Timings.LongestPoll;
                _gate.PauseFor(wait < Timings.LongestPause ? wait : Timings.LongestPause);
            }

            return _reader.ReadStatus(reply, kind, id, [apiKey]);
        }
        catch (TransportException e)
        {
            throw new HubException(HubErrorCode.HubUnreachable, $"{Endpoint.Authority} did not answer: {e.Message}.") { ExecutionId = id };
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _transport.Dispose();

    /// <summary>Sends until the request can have been handled: the way of a POST through the outcome table (docs/design.md).</summary>
    private async Task<HubReply> PostAsync(
        string path, byte[] body, string? key, IHubLog log, CancellationToken stop)
    {
        for (int tries = 1; ; tries++)
        {
            await _gate.WaitAsync(stop).ConfigureAwait(false);
            stop.ThrowIfCancellationRequested();
            try
            {
                HubReply reply = await _transport.SendAsync(path, body, key, Timings.SubmitTimeout, CancellationToken.None).ConfigureAwait(false);
                _lastConnectFailed = false;
                if (!ReplyReader.AsksForPause(reply))
                {
                    return reply;
                }

                Pause(reply, tries, log);
            }
            catch (TransportException e) when (!e.MayHaveLeft)
            {
                // When the row before could not connect either, one try a row is enough to notice that the hub is back.
                if (tries >= Timings.Tries || _lastConnectFailed)
                {
                    _lastConnectFailed = true;
                    throw new HubException(
                        HubErrorCode.HubUnreachable, $"No connection to {Endpoint.Authority}: {e.Message}. Nothing was sent.");
                }

                TimeSpan wait = Timings.Backoff(tries);
                log.Verbose($"No connection to {Endpoint.Authority}: {e.Message}. Trying again in {wait.TotalSeconds:0.0} s.");
                await Task.Delay(wait, stop).ConfigureAwait(false);
            }
            catch (TransportException e)
            {
                throw _reader.Unknown(e.Message);
            }
        }
    }

    private void Pause(HubReply reply, int tries, IHubLog log)
    {
        TimeSpan wait = reply.RetryAfter ?? Timings.Backoff(tries);
        if (wait > Timings.LongestPause || tries >= Timings.TriesWhenTold)
        {
            throw new HubException(
                HubErrorCode.RateLimited,
                $"The hub asks to wait ({(int)reply.Status}, {wait.TotalSeconds:0} s, try {tries}). The task was not executed.",
                reply.Status);
        }

        if (_gate.PauseFor(wait))
        {
            log.Warning($"The hub asks to wait ({(int)reply.Status}): no request is sent for {wait.TotalSeconds:0.#} s.");
        }
    }
}

/// <summary>Told of what a user may want to know while waiting; called from any thread.</summary>
public interface IHubLog
{
    /// <summary>Something the user should see.</summary>
    void Warning(string message);

    /// <summary>Something the user sees with <c>-Verbose</c>.</summary>
    void Verbose(string message);
}
