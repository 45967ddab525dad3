using System.Buffers;
using System.IO.Compression;

namespace Truebit.Client;

/// <summary>
/// Reads the body of an answer piece by piece, up to a limit, and unpacks it where it is compressed. What was read until something went
/// wrong stays: an execution's id may be in it.
/// </summary>
internal sealed class AnswerBuffer : IDisposable
{
    private const int BlockSize = 16 * 1024;

    private readonly List<byte[]> _full = [];
    private byte[] _block = [];
    private int _used;

    /// <summary>Whether there was more than the limit allows.</summary>
    public bool IsOverLimit { get; private set; }

    /// <summary>Reads to the end, or to the limit.</summary>
    /// <param name="content">The body.</param>
    /// <param name="limit">The maximum, in bytes; it counts for what comes over the wire and for what is unpacked from it.</param>
    /// <param name="cancel">Ends the reading.</param>
    public async Task ReadAsync(HttpContent content, int limit, CancellationToken cancel)
    {
        using LimitedStream raw = new(await content.ReadAsStreamAsync().ConfigureAwait(false), limit);
        using Stream body = BodyEncoding.IsGzip(content.Headers) ? new GZipStream(raw, CompressionMode.Decompress) : raw;

        // Not before: a sync call may wait a minute for its answer.
        _block = ArrayPool<byte>.Shared.Rent(BlockSize);
        long total = 0;
        int count;
        while ((count = await body.ReadAsync(_block, _used, _block.Length - _used, cancel).ConfigureAwait(false)) > 0)
        {
            int allowed = (int)Math.Min(count, limit - total);
            total += allowed;
            _used += allowed;
            if (allowed < count)
            {
                IsOverLimit = true;
                return;
            }

            if (_used == _block.Length)
            {
                _full.Add(_block);
                (_block, _used) = (ArrayPool<byte>.Shared.Rent(BlockSize), 0);
            }
        }

        IsOverLimit = raw.IsOverLimit;
    }

    /// <summary>All that was read.</summary>
    public byte[] ToArray()
    {
        byte[] all = new byte[_full.Sum(static block => block.Length) + _used];
        int at = 0;
        foreach (byte[] block in _full)
        {
            Buffer.BlockCopy(block, 0, all, at, block.Length);
            at += block.Length;
        }

        Buffer.BlockCopy(_block, 0, all, at, _used);
        return all;
    }

    /// <summary>The first of what was read: enough for an id, where memory is short.</summary>
    public byte[] Beginning() => _full.Count == 0 ? ToArray() : (byte[])_full[0].Clone();

    public void Dispose()
    {
        foreach (byte[] block in _full)
        {
            ArrayPool<byte>.Shared.Return(block);
        }

        _full.Clear();
        ArrayPool<byte>.Shared.Return(_block);
        _block = [];
    }
}
