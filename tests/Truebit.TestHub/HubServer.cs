using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Truebit.TestHub;

/// <summary>
/// The hub of all tests that need one to fail on purpose: HTTP/1.1 by hand on a real socket, so that it can also answer as no server
/// should. It keeps every request that arrived.
/// </summary>
public sealed class HubServer : IAsyncDisposable, IDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly CancellationTokenSource _end = new();
    private readonly Lock _lock = new();
    private readonly List<(string Prefix, Func<HubRequest, CannedResponse> Script)> _routes = [];
    private readonly Func<HubRequest, Task<CannedResponse>> _default;
    private readonly Queue<ResetPoint> _resets = new();
    private readonly List<HubRequest> _requests = [];
    private readonly List<Task> _tasks = [];
    private TaskCompletionSource _changed = New();
    private int _connections;
    private int _ids;

    /// <summary>A server that listens, or one whose port refuses connections until <see cref="Open"/>.</summary>
    public HubServer(bool open = true)
        : this(static _ => Task.FromResult(CannedResponse.Message("no such path", 404)), open)
    {
    }

    /// <summary>A server that answers every request as <paramref name="respond"/> says.</summary>
    public HubServer(Func<HubRequest, CannedResponse> respond)
        : this(request => Task.FromResult(respond(request)))
    {
    }

    /// <summary>A server that answers every request as <paramref name="respond"/> says, when it says so.</summary>
    public HubServer(Func<HubRequest, Task<CannedResponse>> respond, bool open = true)
    {
        _default = respond;
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        Endpoint = new Uri($"http://{_listener.LocalEndPoint}/");
        if (open)
        {
            Open();
        }
    }

    public Uri Endpoint { get; }

    /// <summary>A test that takes longer than this hangs.</summary>
    public static TimeSpan Deadline { get; } = TimeSpan.FromSeconds(20);

    /// <summary>How many connections were made.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>Everything that arrived, in order.</summary>
    public IReadOnlyList<HubRequest> Requests
    {
        get
        {
            lock (_lock)
            {
                return [.. _requests];
            }
        }
    }

    /// <summary>The requests that may cost money, in order.</summary>
    public IReadOnlyList<HubRequest> Submissions => [.. Requests.Where(static request => request.IsSubmission)];

    /// <summary>An address where nobody listens.</summary>
    public static Uri DeadEndpoint()
    {
        using HubServer dead = new();
        return dead.Endpoint;
    }

    public void Open()
    {
        _listener.Listen(1024);
        Track(AcceptAsync());
    }

    /// <summary>Refuses connections from now on; those that are open go on.</summary>
    public void Shut() => _listener.Dispose();

    /// <summary>How many requests arrived for paths that start with <paramref name="path"/>.</summary>
    public int Count(string path) => Requests.Count(request => request.Path.StartsWith(path, StringComparison.Ordinal));

    /// <summary>Returns when that many requests for the path have arrived.</summary>
    public async Task ReceivedAsync(string path, int count)
    {
        while (true)
        {
            Task changed = Volatile.Read(ref _changed).Task;
            if (Count(path) >= count)
            {
                return;
            }

            await changed.WaitAsync(Deadline);
        }
    }

    /// <summary>Answers requests for the path with the responses in turn; the last one goes on.</summary>
    public void On(string path, params CannedResponse[] responses)
    {
        Queue<CannedResponse> left = new(responses);
        On(path, _ => left.Count > 1 ? left.Dequeue() : left.Peek());
    }

    /// <summary>Answers requests for the path as <paramref name="script"/> says; it is called for one at a time.</summary>
    public void On(string path, Func<HubRequest, CannedResponse> script)
    {
        lock (_lock)
        {
            _routes.Insert(0, (path, script));
        }
    }

    /// <summary>Breaks the next new connection at that point of its first request.</summary>
    public void ResetNext(ResetPoint point)
    {
        lock (_lock)
        {
            _resets.Enqueue(point);
        }
    }

    public void Dispose()
    {
        _end.Cancel();
        _listener.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        Dispose();
        await Task.WhenAll(_tasks);
        _end.Dispose();
    }

    private static ReadOnlySpan<byte> IdBytes => "e7e444fa-96c5-45c9-9c65-dd9f8edfdafd"u8;

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Track(Task task)
    {
        lock (_lock)
        {
            _tasks.Add(task);
        }
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                Socket socket = await _listener.AcceptAsync(_end.Token);
                Interlocked.Increment(ref _connections);
                Track(Task.Run(() => ServeAsync(socket)));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        using NetworkStream stream = new(socket, ownsSocket: true);
        HubConnection connection = new(socket, stream, _end.Token);
        try
        {
            ResetPoint? reset = NextReset();
            if (reset == ResetPoint.BeforeReading)
            {
                await connection.ResetUnreadAsync();
                return;
            }

            while (await connection.ReadHeadAsync() is HubRequest head)
            {
                if (reset == ResetPoint.AfterHeaders)
                {
                    Keep(head);
                    connection.Reset();
                    return;
                }

                HubRequest request = head with { Body = await connection.ReadBodyAsync(head) };
                if (!await connection.RespondAsync(Personal(request, await RespondAsync(request))))
                {
                    return;
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or SocketException)
        {
            // The client went away, or the test is over.
        }
    }

    private ResetPoint? NextReset()
    {
        lock (_lock)
        {
            return _resets.TryDequeue(out ResetPoint point) ? point : null;
        }
    }

    private Task<CannedResponse> RespondAsync(HubRequest request)
    {
        Keep(request);
        lock (_lock)
        {
            Func<HubRequest, CannedResponse>? script = _routes.Find(route => request.Path.StartsWith(route.Prefix, StringComparison.Ordinal)).Script;
            if (script is not null)
            {
                return Task.FromResult(script(request));
            }
        }

        return _default(request);
    }

    /// <summary>
    /// A hub gives each execution an id of its own. The first that it accepts has <see cref="CannedResponse.Id"/>, and later ones another
    /// in its place; a status answer has the id that was asked for.
    /// </summary>
    private CannedResponse Personal(HubRequest request, CannedResponse response)
    {
        int at = response.Body.AsSpan().IndexOf(IdBytes);
        if (at < 0)
        {
            return response;
        }

        string asked = Array.Find(request.Path.Split('/'), static part => Guid.TryParse(part, out _)) ?? CannedResponse.Id;
        string id = !request.IsSubmission ? asked : Interlocked.Increment(ref _ids) == 1 ? CannedResponse.Id : $"{Guid.NewGuid()}";
        if (id == CannedResponse.Id)
        {
            return response;
        }

        byte[] body = [.. response.Body];
        for (; at >= 0; at = body.AsSpan().IndexOf(IdBytes))
        {
            Encoding.ASCII.GetBytes(id, body.AsSpan(at));
        }

        return response with { Body = body };
    }

    private void Keep(HubRequest request)
    {
        lock (_lock)
        {
            _requests.Add(request with { At = Stopwatch.GetTimestamp() });
        }

        Interlocked.Exchange(ref _changed, New()).SetResult();
    }
}
