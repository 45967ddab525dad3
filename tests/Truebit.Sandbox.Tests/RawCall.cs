using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Truebit.Sandbox.Tests;

/// <summary>A submission over a bare socket: HttpClient hides what of an answer came before the connection broke.</summary>
internal static class RawCall
{
    /// <summary>All that came back until the connection ended or was reset.</summary>
    public static async Task<string> PostAsync(SandboxHub hub, string path, string body)
    {
        using TcpClient client = new();
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        await client.ConnectAsync(IPAddress.Loopback, hub.Endpoint.Port, cancellation);
        NetworkStream stream = client.GetStream();
        string head = $"POST {path} HTTP/1.1\r\nHost: {hub.Endpoint.Authority}\r\nx-api-key: {hub.ApiKey}\r\n"
            + $"Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n\r\n";
        await stream.WriteAsync(Encoding.UTF8.GetBytes(head + body), cancellation);
        using MemoryStream received = new();
        try
        {
            await stream.CopyToAsync(received, cancellation);
        }
        catch (IOException)
        {
            // A reset in place of an end.
        }
        return Encoding.UTF8.GetString(received.ToArray());
    }

    /// <summary>The status code of the answer, those of interim answers (1xx) left out; null where there is none.</summary>
    public static int? StatusOf(string received)
    {
        while (received.StartsWith("HTTP/1.1 1", StringComparison.Ordinal))
        {
            received = received[(received.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];
        }
        return received.Length == 0 ? null : int.Parse(received.Split(' ')[1]);
    }

    public static string BodyOf(string received) => received[(received.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];
}
