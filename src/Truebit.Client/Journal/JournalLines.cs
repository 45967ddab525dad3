namespace Truebit.Client;

/// <summary>Reads the lines of a journal from its beginning, as bytes in a buffer that is used again.</summary>
internal sealed class JournalLines(Stream stream)
{
    private byte[] _buffer = new byte[256 * 1024];
    private int _start;
    private int _end;

    /// <summary>
    /// The next line without its end, good until the one after it is read. Only the last one can lack its end: it is torn, or its line feed
    /// was lost.
    /// </summary>
    /// <returns>False after the last line.</returns>
    public bool TryRead(out ReadOnlySpan<byte> line, out bool isWhole)
    {
        int looked = 0;
        while (true)
        {
            int length = _buffer.AsSpan(_start + looked, _end - _start - looked).IndexOf((byte)'\n');
            if (length >= 0)
            {
                line = _buffer.AsSpan(_start, looked + length);
                isWhole = true;
                _start += looked + length + 1;
                return true;
            }

            looked = _end - _start;
            if (!Fill())
            {
                line = _buffer.AsSpan(_start, looked);
                isWhole = false;
                _start = _end;
                return looked > 0;
            }
        }
    }

    /// <summary>Reads on behind what is there; false at the end of the file.</summary>
    private bool Fill()
    {
        if (_start > 0)
        {
            Buffer.BlockCopy(_buffer, _start, _buffer, 0, _end - _start);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, 2 * _buffer.Length);
        }

        int count = stream.Read(_buffer, _end, _buffer.Length - _end);
        _end += count;
        return count > 0;
    }
}
