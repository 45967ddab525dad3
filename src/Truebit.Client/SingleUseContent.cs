using System.Net;

namespace Truebit.Client;

/// <summary>
/// A body that goes over the wire once. Handlers may send a request again by themselves, on .NET Framework for instance after a
/// kept connection broke; once the body was begun the hub may have it, and the second time ends the request instead.
/// </summary>
internal sealed class SingleUseContent(byte[] bytes) : HttpContent
{
    private int _uses;

    /// <inheritdoc/>
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        Interlocked.Increment(ref _uses) == 1
            ? stream.WriteAsync(bytes, 0, bytes.Length)
            : throw new InvalidOperationException("the request was about to be sent a second time");

    /// <inheritdoc/>
    protected override bool TryComputeLength(out long length)
    {
        length = bytes.Length;
        return true;
    }
}
