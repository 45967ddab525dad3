using System.Net.Sockets;
using System.Text;

namespace Truebit.TestHub;

/// <summary>One connection to the server: what is read from it and what is written to it.</summary>
internal sealed class HubConnection(Socket socket, NetworkStream stream, CancellationToken end)
{
    // Latin-1 has one character for each byte, so the reader's count of characters is the wire's count of bytes.
    private readonly StreamReader _reader = new(stream, Encoding.Latin1, detectEncodingFromByteOrderMarks: false);

    /// <summary>Waits until a request is on its way and breaks the connection without reading any of it.</summary>
    public async Task ResetUnreadAsync()
    {
        await socket.ReceiveAsync(Memory<byte>.Empty, end);
        Reset();
    }

    /// <summary>Ends the connection with RST instead of FIN.</summary>
    public void Reset() => socket.Close(0);

    /// <summary>The next request up to its empty line; null when the client has closed.</summary>
    public async Task<HubRequest?> ReadHeadAsync()
    {
        if ((await _reader.ReadLineAsync(end))?.Split(' ') is not [string method, string path, _])
        {
            return null;
        }

        Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase);
        while (await _reader.ReadLineAsync(end) is { Length: > 0 } line)
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            headers.Add(line[..colon], line[(colon + 1)..].Trim());
        }

        return new HubRequest(method, path, headers);
    }

    public async Task<string> ReadBodyAsync(HubRequest head)
    {
        char[] body = new char[int.Parse(head.Headers.GetValueOrDefault("Content-Length", "0"))];
        if (body.Length > 0)
        {
            await _reader.ReadBlockAsync(body, end);
        }

        return Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(body));
    }

    /// <summary>Answers, or breaks off; false when the connection is over.</summary>
    public async Task<bool> RespondAsync(CannedResponse response)
    {
        await response.Until.WaitAsync(end);
        switch (response.Ending)
        {
            case Ending.Reset:
                Reset();
                return false;
            case Ending.Silence:
                return false;
            case Ending.Raw:
                await stream.WriteAsync(response.Body, end);
                return false;
        }

        string head = string.Join(
            "\r\n",
            [$"HTTP/1.1 {response.Status} Whatever", .. response.Headers, $"Content-Length: {response.Body.Length + response.MissingBytes}", "", ""]);
        await stream.WriteAsync((byte[])[.. Encoding.Latin1.GetBytes(head), .. response.Body], end);
        if (response.Ending == Ending.Stall)
        {
            await Task.Delay(Timeout.Infinite, end);
        }

        return response.MissingBytes == 0;
    }
}
