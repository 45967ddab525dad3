namespace Truebit.Client;

/// <content>The copy that others may read while the journal is being written.</content>
public sealed partial class Journal
{
    private string? _copy;
    private long _copiedLength;

    /// <summary>
    /// Brings the copy up to date, and returns its length. It only grows, by whole lines: a long journal is not copied again and again.
    /// It is deleted when the journal is disposed of.
    /// </summary>
    /// <param name="path">The copy: a new file the first time, and the same path ever after.</param>
    /// <exception cref="JournalException">The journal cannot be read, or the copy cannot be written.</exception>
    public long UpdateCopy(string path)
    {
        lock (_lock)
        {
            try
            {
                _file ??= Begin();
                using FileStream from = new(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
                using FileStream to = OpenCopy(path);
                _copy = path;

                // Whoever uses the copy may have moved or changed it.
                long known = to.Length == _copiedLength ? _copiedLength : 0;
                to.SetLength(known);
                to.Position = known;
                from.Position = known;
                from.CopyTo(to);
                return _copiedLength = to.Length;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new JournalException("JournalFailed", $"The journal '{Path}' cannot be copied: {e.Message}", e);
            }
        }
    }

    /// <summary>The copy, or a new one where it was moved away, or where something else was put in its place.</summary>
    private FileStream OpenCopy(string path)
    {
        FileInfo copy = new(path);
        if (_copy is not null && copy.Exists && (copy.Attributes & FileAttributes.ReparsePoint) == 0)
        {
            return new FileStream(path, FileMode.Open, FileAccess.Write);
        }

        if (_copy is not null)
        {
            File.Delete(path);
        }

        return PrivateFile.Create(path);
    }

    private void DeleteCopy()
    {
        try
        {
            if (_copy is not null)
            {
                File.Delete(_copy);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Somebody still reads it.
        }
    }
}
