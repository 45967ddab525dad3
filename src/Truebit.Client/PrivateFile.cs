namespace Truebit.Client;

/// <summary>
/// Creates files with what only their user should read: journals, their copies, evidence. On Unix no other user may read or write them
/// (mode 0600); on Windows they have the rights of their folder. A link that waits at the path is not followed: then nothing is created.
/// </summary>
public static class PrivateFile
{
    /// <summary>Creates a file and opens it for writing.</summary>
    /// <param name="path">A path where nothing is.</param>
    /// <param name="share">What others may do with it meanwhile.</param>
    /// <exception cref="IOException">There is a file or a link, or it cannot be created.</exception>
    public static FileStream Create(string path, FileShare share = FileShare.None)
    {
#if NETFRAMEWORK
        return new FileStream(path, FileMode.CreateNew, FileAccess.Write, share, 1);
#else
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = share, BufferSize = 1 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, options);
#endif
    }

    /// <summary>Writes a file whole or not at all: beside its place, and then into it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="replaces">Whether a file, or a link, of that name is replaced.</param>
    /// <param name="write">Writes the content.</param>
    /// <exception cref="IOException">It cannot be written, or there is a file that is not to be replaced.</exception>
    public static void Write(string path, bool replaces, Action<Stream> write)
    {
        string part = $"{path}.{Guid.NewGuid():N}.part";
        try
        {
            using (FileStream file = Create(part))
            {
                write(file);
            }

            if (replaces && File.Exists(path))
            {
                File.Replace(part, path, null);
            }
            else
            {
                File.Move(part, path);
            }
        }
        finally
        {
            // After a successful move there is nothing to delete.
            File.Delete(part);
        }
    }
}
