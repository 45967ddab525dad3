using System.Security.Cryptography;

namespace Truebit.Client;

/// <summary>
/// What makes a run restartable: a file of JSON lines, only ever appended to, by one writer at a time. A line is handed to the
/// operating system before the request that it tells of leaves, so a killed process loses nothing. Any thread may write.
/// </summary>
public sealed class Journal : IDisposable
{
    private readonly object _lock = new();
    private readonly FileStream _claim;
    private readonly FileStream _file;
    private readonly HMAC _hash;
    private readonly IReadOnlyDictionary<string, JournalEntry> _earlier;

    private Journal(string path, FileStream claim, FileStream file, JournalHeader header, IReadOnlyDictionary<string, JournalEntry> earlier)
    {
        Path = path;
        _claim = claim;
        _file = file;
        _hash = new HMACSHA256(header.KeyBytes());
        _earlier = earlier;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The first failure to write. After it, nothing more is sent.</summary>
    public JournalException? Failure { get; private set; }

    /// <summary>Opens a journal to go on with it, or begins one.</summary>
    /// <exception cref="JournalException">Another run writes it, it is damaged, or it cannot be opened.</exception>
    public static Journal Open(string path)
    {
        FileStream? claim = null;
        FileStream? file = null;
        try
        {
            claim = Claim(path);
            file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite, 1);
            JournalReader reader = new(path);
            reader.Read(file);
            file.SetLength(reader.End);
            file.Seek(0, SeekOrigin.End);
            JournalHeader header = reader.Header ?? JournalHeader.Create();
            Journal journal = new(path, claim, file, header, reader.Entries);
            if (reader.End == 0)
            {
                journal.Write(JournalText.Write(header));
            }

            return journal;
        }
        catch (Exception e)
        {
            file?.Dispose();
            claim?.Dispose();
            throw e is IOException or UnauthorizedAccessException
                ? new JournalException("JournalFailed", $"The journal '{path}' cannot be opened: {e.Message}", e)
                : e;
        }
    }

    /// <summary>The last word on each row, in the order in which the rows were first sent. A run may be writing meanwhile.</summary>
    /// <param name="path">The file.</param>
    /// <param name="isEnough">Ends the reading early, with what was read until then.</param>
    /// <exception cref="JournalException">It is damaged, or cannot be opened.</exception>
    public static IReadOnlyCollection<JournalEntry> Read(string path, Func<bool>? isEnough = null)
    {
        try
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            JournalReader reader = new(path);
            reader.Read(file, isEnough);
            return [.. reader.Entries.Values];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new JournalException("JournalFailed", $"The journal '{path}' cannot be read: {e.Message}", e);
        }
    }

    /// <summary>The name of a row in this journal.</summary>
    public string RowId(RowIdentity identity)
    {
        lock (_lock)
        {
            return identity.Keyed(_hash);
        }
    }

    /// <summary>What earlier runs have written of a row; null where it is new.</summary>
    public JournalEntry? Find(string rowId) => _earlier.TryGetValue(rowId, out JournalEntry? entry) ? entry : null;

    /// <summary>The hub's last answer to a finished row.</summary>
    /// <exception cref="JournalException">The file was changed meanwhile.</exception>
    public string ReadAnswer(JournalEntry entry)
    {
        using FileStream file = new(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        file.Seek(entry.AnswerAt ?? throw Changed(), SeekOrigin.Begin);
        using MemoryStream line = new();
        byte[] block = new byte[4096];
        int count;
        int end = -1;
        while (end < 0 && (count = file.Read(block, 0, block.Length)) > 0)
        {
            end = Array.IndexOf(block, (byte)'\n', 0, count);
            line.Write(block, 0, end < 0 ? count : end);
        }

        return JournalText.Read<JournalEntry>(line.ToArray())?.Answer ?? throw Changed();

        JournalException Changed() => new("JournalDamaged", $"'{Path}' was changed while it was in use.");
    }

    /// <summary>Appends a line and hands it to the operating system.</summary>
    /// <exception cref="JournalException">It cannot be written, now or before: then nothing may be sent any more.</exception>
    public void Append(JournalEntry entry)
    {
        byte[] line = JournalText.Write(entry);
        lock (_lock)
        {
            if (Failure is not null)
            {
                throw Failure;
            }

            try
            {
                Write(line);
            }
            catch (Exception e) when (e is IOException or ObjectDisposedException)
            {
                Failure = new JournalException("JournalFailed", $"The journal '{Path}' cannot be written: {e.Message}", e);
                throw Failure;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            _file.Dispose();
            _claim.Dispose();
            _hash.Dispose();
        }
    }

    /// <summary>
    /// Claims the right to write. A file of its own, because on Unix a lock that keeps writers out of the journal itself would
    /// keep readers out as well. The claim ends with the process, however that ends.
    /// </summary>
    private static FileStream Claim(string path)
    {
        try
        {
            return new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (IOException e) when (e is not (DirectoryNotFoundException or PathTooLongException))
        {
            throw new JournalException("JournalInUse", $"The journal '{path}' is in use by another run. No row was sent.", e);
        }
    }

    private void Write(byte[] line)
    {
        _file.Write(line, 0, line.Length);
        _file.Flush();
    }
}
