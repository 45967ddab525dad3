using System.Net.Sockets;
using System.Text;

namespace Truebit.Client.Tests.Support;

/// <summary>One connection to the scripted hub: what is read from it and what is written to it.</summary>
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

    /// <summary>Does what the step says; false when the connection is over.</summary>
    public async Task<bool> PlayAsync(Step step)
    {
        await step.Until.WaitAsync(end);
        if (step.Ending == Ending.Reset)
        {
            Reset();
            return false;
        }

        if (step.Ending == Ending.Silence)
        {
            return false;
        }

        StringBuilder head = new($"HTTP/1.1 {step.Status} Whatever\r\n");
        foreach (string header in step.Headers)
        {
            head.Append(header).Append("\r\n");
        }

        head.Append($"Content-Length: {step.Body.Length + step.MissingBytes}\r\n\r\n");
        await stream.WriteAsync(new byte[][] { Encoding.Latin1.GetBytes(head.ToString()), step.Body }.SelectMany(part => part).ToArray(), end);
        return step.MissingBytes == 0;
    }
}
