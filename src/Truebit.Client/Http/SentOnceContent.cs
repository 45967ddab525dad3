using System.Net;

namespace Truebit.Client;

/// <summary>
/// The body of a POST, which leaves once. .NET Framework's HttpWebRequest can send a request again by itself when a connection that
/// was kept alive breaks before the answer; it asks the content to be written again for that, and here it cannot be. Then the
/// outcome is unknown, as it is.
/// </summary>
internal sealed class SentOnceContent : HttpContent
{
    private readonly byte[] _body;
    private int _writes;

    public SentOnceContent(byte[] json)
    {
        _body = json;
        Headers.TryAddWithoutValidation("Content-Type", "application/json");
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        Interlocked.Increment(ref _writes) == 1
            ? stream.WriteAsync(_body, 0, _body.Length)
            : throw new IOException("the connection broke, and the request is not sent again");

    protected override bool TryComputeLength(out long length)
    {
        length = _body.Length;
        return true;
    }
}
