using System.Text;
using Truebit.TestHub;

namespace Truebit.Rehearsals;

/// <summary>A hub that answers every submission with something that is not a whole, right answer; the same for a seed.</summary>
internal sealed class MalformedHub : IDisposable
{
    private const string Whole =
        """{"executionId":"0b9f6f0e-3c1e-4f55-9a38-6a3a7b1b7a11","clearTextSolution":{"output":{"a":[1,2.5e7,"x"]},"status":"succeed"},"status":"Success"}""";

    private readonly HubServer _server;
    private readonly Random _random;
    private int _answered;

    public MalformedHub(int seed)
    {
        _random = new Random(seed);
        _server = new HubServer(_ => CannedResponse.Raw(Next()));
    }

    public Uri Endpoint => _server.Endpoint;

    /// <summary>Submissions that were answered, in whatever way.</summary>
    public int Answered => _answered;

    public void Dispose() => _server.Dispose();

    private byte[] Next()
    {
        lock (_random)
        {
            _answered++;
            return NextLocked();
        }
    }

    private byte[] NextLocked()
    {
        byte[] body = _random.Next(8) switch
        {
            0 => Encoding.UTF8.GetBytes(Whole[..^_random.Next(1, Whole.Length)]),
            1 => Noise(_random.Next(200)),
            2 => Encoding.UTF8.GetBytes("<html><head><title>Gateway</title></head><body>" + _random.Next() + "</body></html>"),
            3 => Encoding.UTF8.GetBytes(Whole.Replace("executionId", "execution_id", StringComparison.Ordinal)),
            4 => Encoding.UTF8.GetBytes(new string('[', _random.Next(1, 5000))),
            5 => Flipped(),
            6 => Encoding.UTF8.GetBytes("{\"message\":" + (_random.Next(2) == 0 ? "\"\\ud800\"" : "{\"error\":[1,null,{\"detail\":\"x\"}]}") + "}"),
            _ => [],
        };
        string head = _random.Next(10) switch
        {
            0 => "HTTP/1.1 200",
            1 => "HTTP/9.9 abc\r\n\r\n",
            2 => $"HTTP/1.1 200 OK\r\nContent-Length: {body.Length + 10}\r\n\r\n",
            3 => "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
            4 => "",
            5 => $"HTTP/1.1 {_random.Next(500, 600)} Oops\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n",
            _ => $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n",
        };
        return [.. Encoding.ASCII.GetBytes(head), .. body];
    }

    private byte[] Noise(int length)
    {
        byte[] noise = new byte[length];
        _random.NextBytes(noise);
        return noise;
    }

    /// <summary>One structural character changed, so that it is no JSON any more.</summary>
    private byte[] Flipped()
    {
        int[] places = [.. Enumerable.Range(0, Whole.Length).Where(static at => "{}[],:".Contains(Whole[at], StringComparison.Ordinal))];
        byte[] body = Encoding.UTF8.GetBytes(Whole);
        body[places[_random.Next(places.Length)]] = (byte)';';
        return body;
    }
}
