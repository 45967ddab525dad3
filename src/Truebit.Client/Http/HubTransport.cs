using System.Net;
using System.Net.Http.Headers;

namespace Truebit.Client;

/// <summary>
/// The one place where bytes go to the hub and come back. It knows whether a request can have left, because
/// only then may it be sent again (docs/design.md, "Money safety"); it retries nothing itself.
/// </summary>
internal sealed class HubTransport : IDisposable
{
    /// <summary>Shorter than the time after which common servers close an idle connection, such as Node's 5 s: a POST that meets the end is lost.</summary>
    private static readonly TimeSpan MaxIdle = TimeSpan.FromSeconds(3);

    private readonly HttpClient _http;
    private readonly Lazy<HttpClient> _unkept;
    private volatile bool _keepsPosts = true;

    public HubTransport(Uri endpoint)
    {
        _http = CreateClient(endpoint, keepsConnections: true);
        _unkept = new Lazy<HttpClient>(() => CreateClient(endpoint, keepsConnections: false));
    }

    /// <summary>Sends one request and reads its whole answer.</summary>
    /// <param name="address">The hub's address with the path; made once where the path is always the same.</param>
    /// <param name="body">JSON for a POST; null for a GET.</param>
    /// <param name="texts">Takes secrets out of what the failure of a library says.</param>
    /// <exception cref="TransportException">There was no answer, or not a whole one.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was cancelled.</exception>
    public async Task<HubResponse> SendAsync(Uri address, byte[]? body, string? apiKey, TimeSpan timeout, TextGate texts, CancellationToken cancel)
    {
        using HttpRequestMessage request = new(body is null ? HttpMethod.Get : HttpMethod.Post, address);
        if (apiKey is not null)
        {
            // On the request and not on the client: the client is shared by callers with different keys.
            request.Headers.TryAddWithoutValidation("x-api-key", apiKey);
        }

        if (body is not null)
        {
            request.Content = new SentOnceContent(body);
        }

        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(timeout);
        try
        {
            using HttpResponseMessage response = await ClientFor(request).SendAsync(request, limit.Token).ConfigureAwait(false);
            byte[] answer = await response.Content.ReadAsByteArrayAsync().ConfigureAwait(false);
            answer = BodyEncoding.ToUtf8(answer, response.Content.Headers, out string? problem);
            return new HubResponse(response.StatusCode, answer, RetryAfter(response), response.Headers.Location, problem);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            throw;
        }
        catch (OperationCanceledException e) when (!limit.IsCancellationRequested)
        {
            // Neither the caller nor the time-out: the handler's own limit for making a connection, or the end of the client.
            throw e.InnerException is TimeoutException
                ? new TransportException("the connection was not made in time", mayHaveLeft: false, e)
                : new TransportException("the client was closed", mayHaveLeft: true, e);
        }
        catch (OperationCanceledException e)
        {
            throw new TransportException($"no answer within {timeout.TotalSeconds:0.#} s", mayHaveLeft: true, e);
        }
        catch (Exception e)
        {
            // The hub may close connections sooner than we think: from now on, each POST has one of its own.
            _keepsPosts &= body is null || !MayHaveLeft(e);

            // Mostly HttpRequestException and IOException, but whatever it is, the request may have left.
            throw new TransportException(Describe(e, texts.With(ProxyCredentials(address))), MayHaveLeft(e), e);
        }
    }

    public void Dispose()
    {
        _http.Dispose();
        if (_unkept.IsValueCreated)
        {
            _unkept.Value.Dispose();
        }
    }

    private HttpClient ClientFor(HttpRequestMessage request) => _keepsPosts || request.Method == HttpMethod.Get ? _http : _unkept.Value;

    private static HttpClient CreateClient(Uri endpoint, bool keepsConnections)
    {
        var handler = CreateHandler(endpoint);
#if !NETFRAMEWORK
        if (!keepsConnections)
        {
            // The Framework closes them by what the header below says; this handler leaves that to the hub.
            handler.PooledConnectionLifetime = TimeSpan.Zero;
        }
#endif
        HttpClient http = new(handler)
        {
            // Each request brings its own time-out.
            Timeout = Timeout.InfiniteTimeSpan,
        };

        // As text: parsed headers are copied, and written anew, for each request.
        http.DefaultRequestHeaders.TryAddWithoutValidation("Accept", "application/json");
        http.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", $"Truebit-PowerShell/{typeof(HubTransport).Assembly.GetName().Version!.ToString(3)}");
        http.DefaultRequestHeaders.ExpectContinue = false;
        if (!keepsConnections)
        {
            http.DefaultRequestHeaders.ConnectionClose = true;
        }

        return http;
    }

    /// <summary>
    /// How long the hub asks to wait. A date counts from the answer's own, because clocks differ; one in the past is zero. Digits without
    /// end, which .NET does not read as a number, are a very long time.
    /// </summary>
    private static TimeSpan? RetryAfter(HttpResponseMessage response)
    {
        RetryConditionHeaderValue? header = response.Headers.RetryAfter;
        TimeSpan? wait = header?.Delta ?? (header?.Date - (response.Headers.Date ?? DateTimeOffset.UtcNow));
        if (wait is null && response.Headers.TryGetValues("Retry-After", out IEnumerable<string>? values)
            && values.First() is { Length: > 0 } text && text.All(static c => c is >= '0' and <= '9'))
        {
            wait = TimeSpan.FromSeconds(int.MaxValue);
        }

        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }

    /// <summary>What the library says: it quotes header lines of an answer, and the proxy's address with its password.</summary>
    private static string Describe(Exception e, TextGate texts) => texts.Line(Innermost(e).Message).TrimEnd('.');

    private static IEnumerable<string?> ProxyCredentials(Uri address)
    {
        string user = address.IsLoopback ? "" : DefaultProxy?.GetProxy(address)?.UserInfo ?? "";
        string password = user.Substring(user.IndexOf(':') + 1);
        return [user, password, Uri.UnescapeDataString(user), Uri.UnescapeDataString(password)];
    }

    private static Exception Innermost(Exception e) => e.InnerException is null ? e : Innermost(e.InnerException);

#if NETFRAMEWORK
    private static IWebProxy? DefaultProxy => WebRequest.DefaultWebProxy;

    private static HttpClientHandler CreateHandler(Uri endpoint)
    {
        // Each handler has connections of its own; the time is the address's.
        ServicePointManager.FindServicePoint(endpoint).MaxIdleTime = (int)MaxIdle.TotalMilliseconds;

        // Windows PowerShell may still start with TLS 1.0. The flag is added, never set: the setting is the process's.
        if (ServicePointManager.SecurityProtocol != SecurityProtocolType.SystemDefault)
        {
            ServicePointManager.SecurityProtocol |= SecurityProtocolType.Tls12;
        }

        return new HttpClientHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = !endpoint.IsLoopback,
            AutomaticDecompression = DecompressionMethods.GZip,

            // The framework's default is two connections per host.
            MaxConnectionsPerServer = int.MaxValue,
        };
    }

    private static bool MayHaveLeft(Exception e) =>
        (e.InnerException as WebException)?.Status is not (
            WebExceptionStatus.NameResolutionFailure
            or WebExceptionStatus.ProxyNameResolutionFailure
            or WebExceptionStatus.ConnectFailure
            or WebExceptionStatus.TrustFailure
            or WebExceptionStatus.SecureChannelFailure);
#else
    private static IWebProxy? DefaultProxy => HttpClient.DefaultProxy;

    private static SocketsHttpHandler CreateHandler(Uri endpoint) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = !endpoint.IsLoopback,
        AutomaticDecompression = DecompressionMethods.GZip,
        ConnectTimeout = TimeSpan.FromSeconds(15),

        // So that a change of the hub's address is seen during a long run.
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        PooledConnectionIdleTimeout = MaxIdle,
    };

    private static bool MayHaveLeft(Exception e) =>
        (e as HttpRequestException)?.HttpRequestError is not (
            HttpRequestError.NameResolutionError
            or HttpRequestError.ConnectionError
            or HttpRequestError.SecureConnectionError
            or HttpRequestError.ProxyTunnelError);
#endif
}
