using System.Net;

namespace Truebit.Client;

/// <summary>
/// The body of a POST, which leaves once or never, and knows which. .NET Framework's HttpWebRequest can send a request again by itself
/// when a connection that was kept alive breaks before the answer; it asks the content to be written again for that, and here it cannot
/// be. Then the outcome is unknown, as it is.
/// </summary>
internal sealed class SentOnceContent : HttpContent
{
    private const int Waiting = 0;
    private const int Begun = 1;
    private const int Withdrawn = 2;

    private readonly byte[] _body;
    private int _state = Waiting;

    public SentOnceContent(byte[] json)
    {
        _body = json;
        Headers.TryAddWithoutValidation("Content-Type", "application/json");
    }

    /// <summary>
    /// True if no byte of the body has left, and none can any more: no hub executes a request whose body it has not got. False once it
    /// was begun, whatever became of it.
    /// </summary>
    public bool TryWithdraw() => Interlocked.CompareExchange(ref _state, Withdrawn, Waiting) != Begun;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        Interlocked.CompareExchange(ref _state, Begun, Waiting) switch
        {
            Waiting => stream.WriteAsync(_body, 0, _body.Length),
            Begun => throw new IOException("the connection broke, and the request is not sent again"),
            _ => throw new IOException("the request was given up before it was sent"),
        };

    protected override bool TryComputeLength(out long length)
    {
        length = _body.Length;
        return true;
    }
}
