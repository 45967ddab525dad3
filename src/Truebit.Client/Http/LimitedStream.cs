namespace Truebit.Client;

/// <summary>A stream that ends at a limit, and knows that it did.</summary>
internal sealed class LimitedStream(Stream stream, int limit) : Stream
{
    private long _left = limit;

    /// <summary>Whether there was more.</summary>
    public bool IsOverLimit { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Count(stream.Read(buffer, offset, count));

    public override async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        Count(await stream.ReadAsync(buffer, offset, count, cancellationToken).ConfigureAwait(false));

#if !NETFRAMEWORK
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Count(await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false));
#endif

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            stream.Dispose();
        }

        base.Dispose(disposing);
    }

    private int Count(int read)
    {
        int allowed = (int)Math.Min(read, _left);
        _left -= allowed;
        IsOverLimit |= allowed < read;
        return allowed;
    }
}
