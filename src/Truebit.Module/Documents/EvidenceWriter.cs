using System.Management.Automation;

namespace Truebit.Documents;

/// <summary>Puts a zip into its place, whole or not at all.</summary>
internal static class EvidenceWriter
{
    /// <exception cref="ErrorException">It cannot be written, or another one is there meanwhile.</exception>
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
            // Where it was moved there is nothing to delete.
            File.Delete(part);
        }
    }
}
