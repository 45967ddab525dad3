namespace Truebit.Client;

/// <summary>
/// The hub over HTTP: executes tasks and asks for executions (truebit-api.md 1). A POST is sent again only when
/// the hub cannot have handled it; a GET can be repeated freely.
/// </summary>
public sealed class HubClient : IDisposable
{
    /// <summary>The usual limit of a result, transcript or invoice: 256 MB.</summary>
    public const int DefaultMaxAnswer = 256 * 1024 * 1024;

    private readonly HubTransport _transport;
    private readonly OutcomeReader _reader;
    private readonly Uri _executeApiTask;
    private readonly Uri _executeFunctionTask;
    private readonly int _maxAnswer;
    private volatile bool _lastConnectFailed;

    /// <summary>A client of the hub at <paramref name="endpoint"/>.</summary>
    /// <param name="endpoint">The hub's base address.</param>
    /// <param name="maxAnswer">How long a result, transcript or invoice may be, in bytes, before and after it is decompressed.</param>
    public HubClient(Uri endpoint, int maxAnswer = DefaultMaxAnswer)
        : this(endpoint, new HubTimings(), maxAnswer)
    {
    }

    internal HubClient(Uri endpoint, HubTimings timings, int maxAnswer = DefaultMaxAnswer)
    {
        _maxAnswer = maxAnswer;
        Endpoint = endpoint ?? throw new ArgumentNullException(nameof(endpoint));
        Timings = timings;
        Paces = new TaskPaces(timings);
        _transport = new HubTransport(endpoint);
        _reader = new OutcomeReader(endpoint.Authority);
        _executeApiTask = new Uri(endpoint, $"task/{Family(TaskKind.Api)}/execute-by-name");
        _executeFunctionTask = new Uri(endpoint, $"task/{Family(TaskKind.Function)}/execute-by-name");
    }

    /// <summary>The hub's base address.</summary>
    public Uri Endpoint { get; }

    internal HubTimings Timings { get; }

    /// <summary>What is known of how long tasks take.</summary>
    internal TaskPaces Paces { get; }

    /// <summary>Asks the hub to execute a task.</summary>
    /// <param name="request">What to execute.</param>
    /// <param name="apiKey">The caller's key; it is put on this request only.</param>
    /// <param name="async">False asks the hub to hold the answer for up to 60 seconds (truebit-api.md 4.1).</param>
    /// <param name="flow">How many requests may be on the wire.</param>
    /// <param name="observer">Notified before each attempt, and when an attempt was certainly not handled.</param>
    /// <param name="log">Receives retries and pauses.</param>
    /// <param name="texts">Takes the request's secrets out of what is said.</param>
    /// <param name="halt">Keeps the request from leaving. One on the wire is always awaited, because it may be paid for.</param>
    /// <returns>The execution: finished, or running where the hub answered with only an id.</returns>
    /// <exception cref="HubException">The request was not accepted, or its outcome is unknown.</exception>
    internal async Task<HubExecution> SubmitAsync(
        TaskRequest request, string? apiKey, bool async, FlowControl flow, ISubmissionObserver observer, IHubLog log, TextGate texts, CancellationToken halt)
    {
        CheckSendable(apiKey);
        Uri address = request.Kind == TaskKind.Api ? _executeApiTask : _executeFunctionTask;
        byte[] body = request.ToJson(async);
        for (int tries = 1; ; tries++)
        {
            int maxAnswer = async ? AnswerLimits.Short : _maxAnswer;
            HubResponse? response = await TryPostAsync(address, body, apiKey, tries, maxAnswer, flow, observer, log, texts, halt).ConfigureAwait(false);
            if (response is not null)
            {
                HubExecution execution = _reader.ReadSubmission(response, request.Kind) ?? throw _reader.Refusal(response, texts);
                return texts.IsInId(execution.Id)
                    ? throw _reader.Unknown("the answer gives an execution id with the API key or a header's value in it, which cannot be kept", texts)
                    : execution;
            }
        }
    }

    /// <summary>An answer gave the id of another row's execution: it may be an answer to another request, or a cached one.</summary>
    internal HubException AlreadyGiven(string id, TextGate texts) =>
        _reader.Unknown($"the answer gives the execution '{texts.Line(id)}', which is another row's", texts);

    /// <summary>Asks once for an execution.</summary>
    /// <exception cref="HubException">The hub does not know it, or did not answer as a hub does, or for another execution.</exception>
    internal async Task<HubExecution> GetExecutionAsync(TaskKind kind, string id, HubQuery query, CancellationToken cancel)
    {
        HubResponse response = await GetAsync($"task/{Family(kind)}/execution-status/{Uri.EscapeDataString(id)}", id, query, cancel).ConfigureAwait(false);
        return _reader.ReadStatus(response, kind, id, query.Texts);
    }

    /// <summary>Asks once for a transcript or an invoice.</summary>
    /// <exception cref="HubException">The hub has none, or did not answer as a hub does.</exception>
    internal async Task<HubDocument> GetDocumentAsync(DocumentQuery wanted, HubQuery query, CancellationToken cancel) =>
        _reader.ReadDocument(await GetAsync(wanted.Path, wanted.Id, query, cancel).ConfigureAwait(false), wanted, query.Texts);

    /// <inheritdoc/>
    public void Dispose() => _transport.Dispose();

    private async Task<HubResponse> GetAsync(string path, string id, HubQuery query, CancellationToken cancel)
    {
        CheckSendable(query.ApiKey);
        if (!ExecutionIdText.IsUsable(id))
        {
            throw new HubException(HubErrorCode.InvalidRequest, $"'{query.Texts.Line(id)}' is not an execution id. Give the ExecutionId of a result or of Get-TruebitJournal. Nothing was sent.") { ExecutionId = id };
        }

        await query.Pause.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            // The documentation lists no key for these calls; sending it does no harm (truebit-api.md 6).
            HubResponse response = await _transport.SendAsync(
                new Uri(Endpoint, path), null, query.ApiKey, Timings.StatusTimeout, _maxAnswer, query.Texts, cancel).ConfigureAwait(false);
            if (OutcomeReader.AsksQueriesToPause(response))
            {
                PauseNotice notice = query.Pause.Pause(response.RetryAfter ?? Timings.MaxPollInterval);
                Tell(notice, $"The hub asks to wait ({(int)response.Status}): it is not asked for results or documents for {Seconds(notice.Wait)} s.", query.Log);
            }
            else
            {
                query.Pause.Succeeded();
            }

            return response;
        }
        catch (TransportException e) when (e.IsTooLong)
        {
            throw new HubException(
                HubErrorCode.AnswerTooLong,
                $"{Endpoint.Authority} was asked for '{query.Texts.Line(id)}', but {e.Message}. It is still at the hub: raise the limit with Connect-Truebit -MaxAnswerSize.")
            { ExecutionId = id };
        }
        catch (TransportException e)
        {
            throw new HubException(HubErrorCode.HubUnreachable, $"{Endpoint.Authority} did not answer: {e.Message}.") { ExecutionId = id };
        }
    }

    /// <summary>The part of a path that stands for a kind of tasks (truebit-api.md 1).</summary>
    private static string Family(TaskKind kind) => kind == TaskKind.Api ? "api" : "function";

    /// <summary>An invalid header value would fail inside HttpClient, too late to know that nothing was sent.</summary>
    private static void CheckSendable(string? apiKey)
    {
        if (apiKey?.All(static c => c is >= ' ' and <= '~') == false)
        {
            throw new HubException(
                HubErrorCode.AuthenticationFailed,
                "The API key has a character that cannot be sent: a line break, or one that is not ASCII. Nothing was sent. Store the key again without it.");
        }
    }

    /// <summary>
    /// Sends the request once and applies the outcome table (docs/design.md). Null when the hub has certainly not
    /// handled it and it should be sent again; the delay before that has passed by then.
    /// </summary>
    private async Task<HubResponse?> TryPostAsync(
        Uri address, byte[] body, string? key, int tries, int maxAnswer, FlowControl flow, ISubmissionObserver observer, IHubLog log, TextGate texts, CancellationToken halt)
    {
        TimeSpan wait;
        bool succeeded = false;
        await flow.EnterAsync(halt).ConfigureAwait(false);
        try
        {
            halt.ThrowIfCancellationRequested();
            observer.Sending();
            HubResponse response = await _transport.SendAsync(address, body, key, Timings.SubmitTimeout, maxAnswer, texts, CancellationToken.None).ConfigureAwait(false);
            _lastConnectFailed = false;
            succeeded = !OutcomeReader.AsksPostsToPause(response);
            if (!OutcomeReader.IsThrottled(response))
            {
                if (!succeeded)
                {
                    Pause(response, flow, log);
                }

                return response;
            }

            CheckPatience(response, tries, flow);
            Pause(response, flow, log);
            observer.Refused("the hub asked to wait (429)");
            return null;
        }
        catch (TransportException e) when (!e.MayHaveLeft)
        {
            // While the hub is unreachable, one attempt a row is enough to notice that it is back.
            if (tries >= Timings.Tries || _lastConnectFailed)
            {
                _lastConnectFailed = true;
                throw new HubException(
                    HubErrorCode.HubUnreachable, $"No connection to {Endpoint.Authority}: {e.Message}. Nothing was sent. Test-TruebitConnection finds out more.");
            }

            observer.Refused(e.Message);
            wait = Timings.Backoff(tries);
            log.Verbose($"No connection to {Endpoint.Authority}: {e.Message}. Trying again in {wait.TotalSeconds:0.0} s.");
        }
        catch (TransportException e)
        {
            throw _reader.Unknown(e.Message, texts, CandidateReader.Find(e.Received));
        }
        finally
        {
            flow.Release(succeeded);
        }

        await Task.Delay(wait, halt).ConfigureAwait(false);
        return null;
    }

    /// <summary>Gives the row up where the hub asks for too much patience.</summary>
    private void CheckPatience(HubResponse response, int tries, FlowControl flow)
    {
        if (!flow.OutlastsPauses && (response.RetryAfter > Timings.MaxPause || tries >= Timings.MaxThrottleRetries))
        {
            string time = response.RetryAfter is TimeSpan asked ? $"{asked.TotalSeconds:0} s, " : "";
            throw new HubException(
                HubErrorCode.RateLimited, $"The hub asks to wait (429, {time}try {tries}). The task was not executed. Run it again later.", response.Status);
        }
    }

    private static void Pause(HubResponse response, FlowControl flow, IHubLog log)
    {
        PauseNotice notice = flow.Pause(response.RetryAfter);
        string why = (int)response.Status == 429 ? "The hub asks to wait (429)" : $"The hub is not available ({(int)response.Status})";
        Tell(notice, $"{why}: no request is sent for {Seconds(notice.Wait)} s.", log);
    }

    /// <summary>A hub that asks for a pause again and again does not fill the screen.</summary>
    private static void Tell(PauseNotice notice, string message, IHubLog log)
    {
        if (notice.IsNews)
        {
            log.Warning(message);
        }
        else if (notice.Begins)
        {
            log.Verbose(message);
        }
    }

    private static string Seconds(TimeSpan time) => $"{time.TotalSeconds:0.#}";
}
