namespace Truebit.Client;

/// <summary>Reads lines of a journal by their places. Rows that are asked for in about the order of the file cost one pass over it.</summary>
internal sealed class JournalWindow(string path) : IDisposable
{
    private const int Small = 8 * 1024;
    private const int Large = 256 * 1024;

    /// <summary>After so many lines from one window it pays to read more at a time.</summary>
    private const int ManyLines = 4;

    private FileStream? _file;
    private byte[] _bytes = [];
    private long _start;
    private int _length;
    private int _lines;

    /// <summary>The line that begins there, without its end. It is good until the next one is read.</summary>
    public ReadOnlySpan<byte> Read(long place)
    {
        if (place >= _start && place < _start + _length)
        {
            ReadOnlySpan<byte> rest = _bytes.AsSpan((int)(place - _start), _length - (int)(place - _start));
            int end = rest.IndexOf((byte)'\n');
            if (end >= 0)
            {
                _lines++;
                return rest.Slice(0, end);
            }
        }

        // Lines of rows that ended a little earlier are likely asked for next.
        int size = _lines > ManyLines ? Large : Small;
        Fill(Math.Max(0, place - (size / 4)), size);
        return ReadOn(place);
    }

    public void Dispose() => _file?.Dispose();

    /// <summary>The line at a place of the window that reaches to the file's end, or whose window is too short for it.</summary>
    private ReadOnlySpan<byte> ReadOn(long place)
    {
        for (int size = 2 * Large; ; size *= 2)
        {
            ReadOnlySpan<byte> rest = _bytes.AsSpan((int)(place - _start), Math.Max(0, _length - (int)(place - _start)));
            int end = rest.IndexOf((byte)'\n');
            if (end >= 0 || _length < _bytes.Length)
            {
                return end >= 0 ? rest.Slice(0, end) : rest;
            }

            Fill(place, size);
        }
    }

    private void Fill(long start, int size)
    {
        _file ??= new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1);
        if (_bytes.Length != size)
        {
            _bytes = new byte[size];
        }

        _file.Seek(start, SeekOrigin.Begin);
        (_start, _length, _lines) = (start, 0, 0);
        int count;
        while (_length < size && (count = _file.Read(_bytes, _length, size - _length)) > 0)
        {
            _length += count;
        }
    }
}
