using System.Buffers;
using System.Collections.Concurrent;

namespace Truebit.Client;

/// <summary>
/// Reads the lines of a journal on a thread of its own, and checks them against their checksums there: that is half of what opening a long
/// journal costs. It is at most a few blocks ahead of the thread that takes the lines.
/// </summary>
internal sealed class CheckedLines : IDisposable
{
    private const int MaxBlocksAhead = 4;

    private readonly BlockingCollection<Block> _blocks = new(MaxBlocksAhead);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _reading;

    public CheckedLines(Stream stream) =>
        _reading = Task.Factory.StartNew(() => ReadAhead(stream), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <summary>The lines, once. A line's text is good until the next one is taken.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public IEnumerable<CheckedLine> Take()
    {
        foreach (Block block in _blocks.GetConsumingEnumerable())
        {
            using (block)
            {
                foreach (CheckedLine line in block.Lines)
                {
                    yield return line;
                }
            }
        }

        // What went wrong there is thrown here.
        _reading.GetAwaiter().GetResult();
    }

    /// <summary>Ends the reading; the stream is not in use any more.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        Task.WaitAny(_reading);
        _blocks.Dispose();
        _stop.Dispose();
    }

    private void ReadAhead(Stream stream)
    {
        try
        {
            JournalLines lines = new(stream);
            Block block = new(0);
            while (lines.TryRead(out ReadOnlySpan<byte> line, out bool isWhole))
            {
                if (!block.HasRoomFor(line.Length))
                {
                    _blocks.Add(block, _stop.Token);
                    block = new Block(line.Length);
                }

                block.Add(line, isWhole);
            }

            _blocks.Add(block, _stop.Token);
        }
        catch (OperationCanceledException)
        {
            // Nobody takes the rest.
        }
        finally
        {
            _blocks.CompleteAdding();
        }
    }

    /// <summary>Lines that are handed over together.</summary>
    private sealed class Block(int minSize) : IDisposable
    {
        private const int UsualSize = 256 * 1024;

        private readonly byte[] _bytes = ArrayPool<byte>.Shared.Rent(Math.Max(minSize, UsualSize));
        private int _length;

        public List<CheckedLine> Lines { get; } = [];

        public bool HasRoomFor(int length) => _bytes.Length - _length >= length;

        public void Add(ReadOnlySpan<byte> line, bool isWhole)
        {
            line.CopyTo(_bytes.AsSpan(_length));
            bool fits = JournalText.TryCheck(line, out ReadOnlySpan<byte> body, out uint previous, out uint check);
            Lines.Add(new CheckedLine(_bytes.AsMemory(_length, line.Length), fits ? body.Length : 0, previous, check) { IsWhole = isWhole });
            _length += line.Length;
        }

        public void Dispose() => ArrayPool<byte>.Shared.Return(_bytes);
    }
}
