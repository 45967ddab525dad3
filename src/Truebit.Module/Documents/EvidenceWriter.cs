using System.Management.Automation;

namespace Truebit.Documents;

/// <summary>Writes a zip completely or not at all.</summary>
internal static class EvidenceWriter
{
    /// <exception cref="ErrorException">It cannot be written, or meanwhile another one exists.</exception>
    public static FileInfo Write(string path, byte[] content, bool force)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            Replace(path, content, force);
            return new FileInfo(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ErrorException("FileNotWritable", ErrorCategory.WriteError, $"'{path}' cannot be written: {e.Message}");
        }
    }

    private static void Replace(string path, byte[] content, bool force)
    {
        string part = $"{path}.{Guid.NewGuid():N}.part";
        try
        {
            File.WriteAllBytes(part, content);
            if (force)
            {
                File.Delete(path);
            }

            File.Move(part, path);
        }
        finally
        {
            // After a successful move there is nothing to delete.
            File.Delete(part);
        }
    }
}
