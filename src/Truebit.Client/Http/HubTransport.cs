using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;

namespace Truebit.Client;

/// <summary>
/// The one place where bytes go to the hub and come back. It knows whether a request can have left, because
/// otherwise it may be sent again (docs/design.md, "Money safety"); it retries nothing itself.
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
    /// <param name="apiKey">The caller's key; null where there is none.</param>
    /// <param name="timeout">How long the answer is awaited, to its end.</param>
    /// <param name="maxAnswer">How long an answer may be that is no error, in bytes. An error is cut to <see cref="AnswerLimits.Short"/>.</param>
    /// <param name="texts">Takes secrets out of what the failure of a library says.</param>
    /// <param name="cancel">Ends the call.</param>
    /// <exception cref="TransportException">There was no answer, or not a whole one.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was cancelled.</exception>
    public async Task<HubResponse> SendAsync(
        Uri address, byte[]? body, string? apiKey, TimeSpan timeout, int maxAnswer, TextGate texts, CancellationToken cancel)
    {
        using HttpRequestMessage request = new(body is null ? HttpMethod.Get : HttpMethod.Post, address);
        if (apiKey is not null)
        {
            // On the request and not on the client: the client is shared by callers with different keys.
            request.Headers.TryAddWithoutValidation("x-api-key", apiKey);
        }

        SentOnceContent? content = body is null ? null : new SentOnceContent(body);
        request.Content = content;
        using AnswerBuffer answer = new();
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(timeout);
        try
        {
            using HttpResponseMessage response = await ClientFor(request).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token).ConfigureAwait(false);

#if NETFRAMEWORK
            // There, reading a body heeds no token.
            using CancellationTokenRegistration end = limit.Token.Register(response.Dispose);
#endif
            await answer.ReadAsync(response.Content, response.IsSuccessStatusCode ? maxAnswer : AnswerLimits.Short, limit.Token).ConfigureAwait(false);
            if (answer.IsOverLimit && response.IsSuccessStatusCode)
            {
                throw new TransportException($"the answer is longer than {AnswerLimits.InWords(maxAnswer)}", mayHaveLeft: true) { Received = answer.ToArray(), IsTooLong = true };
            }

            byte[] text = BodyEncoding.ToUtf8(answer.ToArray(), response.Content.Headers, out string? problem);
            return new HubResponse(response.StatusCode, text, RetryAfter(response), response.Headers.Location, problem);
        }
        catch (Exception) when (cancel.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancel);
        }
        catch (Exception e) when (e is not TransportException)
        {
            bool mayHaveLeft = content?.TryWithdraw() == false;
            bool isTimeOut = limit.IsCancellationRequested;

            // The hub may close connections sooner than we think: from now on, each POST has one of its own.
            _keepsPosts &= isTimeOut || !mayHaveLeft;
            throw new TransportException(isTimeOut ? $"no answer within {timeout.TotalSeconds:0.#} s" : Describe(e, address, texts), mayHaveLeft, e)
            {
                Received = answer.Beginning(),
                IsTooLong = e is OutOfMemoryException,
            };
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
        http.DefaultRequestHeaders.TryAddWithoutValidation("Accept-Encoding", "gzip");
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

    /// <summary>What went wrong, in words. A library's quote header lines of an answer, and the proxy's address with its password.</summary>
    private static string Describe(Exception e, Uri address, TextGate texts) => e switch
    {
        OperationCanceledException { InnerException: TimeoutException } => "the connection was not made in time",
        OperationCanceledException or ObjectDisposedException => "the client was closed",
        OutOfMemoryException => "the answer is longer than the memory that is left",
        _ => Patterns.ErrorWord.Replace(texts.With(ProxyCredentials(address)).Line(Innermost(e).Message), "").TrimEnd('.'),
    };

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

            // The framework's default is two connections per host.
            MaxConnectionsPerServer = int.MaxValue,
        };
    }
#else
    private static IWebProxy? DefaultProxy => HttpClient.DefaultProxy;

    private static SocketsHttpHandler CreateHandler(Uri endpoint) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = !endpoint.IsLoopback,
        ConnectTimeout = TimeSpan.FromSeconds(15),

        // So that a change of the hub's address is seen during a long run.
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        PooledConnectionIdleTimeout = MaxIdle,
    };
#endif

    /// <summary>Made when they are first used: most runs need none, and in a new process each takes milliseconds.</summary>
    private static class Patterns
    {
        /// <summary>What .NET adds to a message for programs, such as (ResponseEnded).</summary>
        public static readonly Regex ErrorWord = new(@" \(\p{L}+\)\z", RegexOptions.CultureInvariant);
    }
}
