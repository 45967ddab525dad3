using System.Net.Sockets;
using System.Text;

namespace Truebit.Module.Tests.Hubs;

/// <summary>Reads requests from a connection, one after the other.</summary>
internal sealed class HttpConnection(NetworkStream stream)
{
    private byte[] _buffer = new byte[4096];
    private int _filled;

    /// <summary>The next request; null when the caller has closed the connection.</summary>
    public async Task<HubCall?> ReadAsync(CancellationToken stop)
    {
        int head;
        while ((head = _buffer.AsSpan(0, _filled).IndexOf("\r\n\r\n"u8)) < 0)
        {
            if (!await FillAsync(stop))
            {
                return null;
            }
        }

        string[] lines = Encoding.ASCII.GetString(_buffer, 0, head).Split("\r\n");
        Dictionary<string, string> headers = lines.Skip(1).Select(static line => line.Split(": ", 2))
            .ToDictionary(static part => part[0], static part => part[1], StringComparer.OrdinalIgnoreCase);
        int start = head + 4;
        int end = start + int.Parse(headers.GetValueOrDefault("Content-Length", "0"));
        while (_filled < end)
        {
            if (!await FillAsync(stop))
            {
                return null;
            }
        }

        string body = Encoding.UTF8.GetString(_buffer, start, end - start);
        _buffer.AsSpan(end, _filled - end).CopyTo(_buffer);
        _filled -= end;
        string[] request = lines[0].Split(' ');
        return new HubCall(request[0], request[1], headers, body);
    }

    private async Task<bool> FillAsync(CancellationToken stop)
    {
        if (_filled == _buffer.Length)
        {
            Array.Resize(ref _buffer, 2 * _buffer.Length);
        }

        int read = await stream.ReadAsync(_buffer.AsMemory(_filled), stop);
        _filled += read;
        return read > 0;
    }
}
