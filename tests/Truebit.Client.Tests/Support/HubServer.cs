using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Truebit.Client.Tests.Support;

/// <summary>
/// A hub that does as it is told: HTTP/1.1 by hand on a real socket, so that it can also answer as no server
/// should. It keeps every request that arrived.
/// </summary>
internal sealed class HubServer : IAsyncDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly CancellationTokenSource _end = new();
    private readonly Lock _lock = new();
    private readonly List<(string Prefix, Func<HubRequest, Step> Script)> _routes = [];
    private readonly Queue<ResetPoint> _resets = new();
    private readonly List<HubRequest> _requests = [];
    private readonly List<Task> _tasks = [];
    private TaskCompletionSource _changed = New();
    private int _connections;

    /// <summary>A server that listens, or one whose port refuses connections until <see cref="Open"/>.</summary>
    public HubServer(bool open = true)
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        Endpoint = new Uri($"http://{_listener.LocalEndPoint}/");
        if (open)
        {
            Open();
        }
    }

    public Uri Endpoint { get; }

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

            await changed.WaitAsync(Hub.Deadline);
        }
    }

    /// <summary>Answers requests for the path with the steps in turn; the last one goes on.</summary>
    public void On(string path, params Step[] steps)
    {
        Queue<Step> left = new(steps);
        On(path, _ => left.Count > 1 ? left.Dequeue() : left.Peek());
    }

    /// <summary>Answers requests for the path as <paramref name="script"/> says; it is called for one at a time.</summary>
    public void On(string path, Func<HubRequest, Step> script)
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

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Dispose();
        await Task.WhenAll(_tasks);
        _end.Dispose();
    }

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
                if (!await connection.PlayAsync(Keep(request)))
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

    /// <summary>Notes the request and says what is to be done with it.</summary>
    private Step Keep(HubRequest request)
    {
        Step step;
        lock (_lock)
        {
            _requests.Add(request with { At = Stopwatch.GetTimestamp() });
            Func<HubRequest, Step>? script = _routes.Find(route => request.Path.StartsWith(route.Prefix, StringComparison.Ordinal)).Script;
            step = script?.Invoke(request) ?? Step.Json("""{"message":"no such path"}""", 404);
        }

        Interlocked.Exchange(ref _changed, New()).SetResult();
        return step;
    }
}

/// <summary>A request as it arrived; <see cref="At"/> is a <see cref="Stopwatch"/> timestamp.</summary>
internal sealed record HubRequest(string Method, string Path, IReadOnlyDictionary<string, string> Headers)
{
    public string Body { get; init; } = "";

    public long At { get; init; }
}
