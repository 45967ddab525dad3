namespace Truebit.Client;

/// <summary>
/// The right to write a journal, for one run at a time. A file of its own, because on Unix a lock that keeps writers out of the journal
/// itself would keep readers out as well. It ends with the process, however that ends.
/// </summary>
internal static class JournalClaim
{
    /// <exception cref="JournalException">Another run has it, or this file system cannot give it.</exception>
    public static FileStream Take(string path)
    {
        if (Directory.Exists(path))
        {
            throw new JournalException("JournalFailed", $"The journal '{path}' is a folder. Give the name of a file in it. No row was sent.");
        }

        string real = RealPath(path) + ".lock";
        try
        {
            if (IsLink(real))
            {
                throw new JournalException("JournalFailed", $"'{real}', which keeps other runs from the journal, is a link. Delete it. No row was sent.");
            }

            FileStream claim = Open(real, FileOptions.DeleteOnClose);
            if (!IsExclusive(real))
            {
                claim.Dispose();
                throw new JournalException(
                    "JournalFailed", $"The journal '{path}' cannot be locked against other runs: the file system, or a setting of .NET, has no locks. Put it on a local disk. No row was sent.");
            }

            return claim;
        }
        catch (IOException e) when (IsLocked(e))
        {
            throw new JournalException("JournalInUse", $"The journal '{path}' is in use by another run. Wait for that run to end. No row was sent.", e);
        }
        catch (DirectoryNotFoundException e)
        {
            throw new JournalException("JournalFailed", $"The folder of the journal '{path}' does not exist. Create it first. No row was sent.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new JournalException("JournalFailed", $"Nothing can be written beside the journal '{path}': {e.Message} No row was sent.", e);
        }
    }

    /// <summary>Whether a run has it now. Asking takes nothing away: a claim is only looked at where its file is there.</summary>
    public static bool IsTaken(string path)
    {
        string real = RealPath(path) + ".lock";
        try
        {
            // Shared: two who ask are not in each other's way.
            using FileStream claim = new(real, FileMode.Open, FileAccess.Read, FileShare.Read);
            return false;
        }
        catch (IOException e) when (IsLocked(e))
        {
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>A link is another name of the same file, which must not be claimed twice.</summary>
    private static string RealPath(string path)
    {
#if NETFRAMEWORK
        return path;
#else
        return File.Exists(path) ? File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path : path;
#endif
    }

    /// <summary>The claim would make a file where the link leads.</summary>
    private static bool IsLink(string path)
    {
        FileInfo file = new(path);
        return file.Exists && (file.Attributes & FileAttributes.ReparsePoint) != 0;
    }

    private static FileStream Open(string path, FileOptions options) =>
        new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, options);

    /// <summary>Whether the claim can really not be taken again: locks may be off, or be ignored.</summary>
    private static bool IsExclusive(string path)
    {
        try
        {
            Open(path, FileOptions.None).Dispose();
            return false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }

    /// <summary>ERROR_SHARING_VIOLATION and ERROR_LOCK_VIOLATION; EWOULDBLOCK of Linux and macOS.</summary>
    private static bool IsLocked(IOException e) => (e.HResult & 0xFFFF) is 32 or 33 || e.HResult is 11 or 35;
}
