using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Truebit.Module.Tests.Hubs;

/// <summary>An HTTP server that answers what a test wants, also what no hub should; it keeps what it was asked.</summary>
internal sealed class HubServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<HubCall, Task<HubAnswer>> _answer;

    public HubServer(Func<HubCall, HubAnswer> answer)
        : this(call => Task.FromResult(answer(call)))
    {
    }

    public HubServer(Func<HubCall, Task<HubAnswer>> answer)
    {
        _answer = answer;
        _listener.Start();
        Endpoint = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");
        _ = AcceptAsync();
    }

    public Uri Endpoint { get; }

    /// <summary>All requests, in the order in which they came.</summary>
    public ConcurrentQueue<HubCall> Calls { get; } = new();

    public IReadOnlyList<HubCall> Submissions => [.. Calls.Where(static call => call.IsSubmission)];

    /// <summary>An address where nobody listens.</summary>
    public static Uri DeadEndpoint()
    {
        using HubServer dead = new(static _ => HubAnswer.Nothing);
        return dead.Endpoint;
    }

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                TcpClient client = await _listener.AcceptTcpClientAsync(_stop.Token);
                _ = ServeAsync(client);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The server was stopped.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                client.NoDelay = true;
                NetworkStream stream = client.GetStream();
                HttpConnection connection = new(stream);
                while (await connection.ReadAsync(_stop.Token) is HubCall call)
                {
                    Calls.Enqueue(call);
                    HubAnswer answer = await _answer(call);
                    await stream.WriteAsync(answer.Bytes, _stop.Token);
                    if (answer.Closes)
                    {
                        return;
                    }
                }
            }
            catch (Exception e) when (e is OperationCanceledException or IOException)
            {
                // The server was stopped, or the caller is gone.
            }
        }
    }
}
