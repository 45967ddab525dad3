using System.Management.Automation;
using Truebit.Client;

namespace Truebit;

/// <summary>Writes a file for its user only, completely or not at all.</summary>
internal static class OutputFile
{
    /// <exception cref="ErrorException">It cannot be written, or meanwhile another one exists.</exception>
    public static FileInfo Write(string path, byte[] content, bool force)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            PrivateFile.Write(path, force, zip => zip.Write(content, 0, content.Length));
            return new FileInfo(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ErrorException("FileNotWritable", ErrorCategory.WriteError, $"'{path}' cannot be written: {e.Message}");
        }
    }
}
