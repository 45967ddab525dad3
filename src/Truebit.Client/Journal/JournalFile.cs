namespace Truebit.Client;

/// <summary>Writes whole journals.</summary>
internal static class JournalFile
{
    /// <summary>
    /// Writes a journal beside <paramref name="path"/>, and gives it the name when it is whole: half a journal would let the rows that it
    /// lacks be sent again.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="header">Its first line.</param>
    /// <param name="entries">Its other lines.</param>
    /// <param name="replaces">Whether a file of that name is replaced.</param>
    /// <exception cref="JournalException">It cannot be written, or there is such a file.</exception>
    public static void Create(string path, JournalHeader header, IEnumerable<JournalEntry> entries, bool replaces)
    {
        try
        {
            PrivateFile.Write(path, replaces, file =>
            {
                // One call for many lines, and not one for each.
                using BufferedStream buffered = new(file, 65_536);
                JournalWriter writer = new();
                Write(writer.Write(header));
                foreach (JournalEntry entry in entries)
                {
                    Write(writer.Write(entry));
                }

                void Write(ArraySegment<byte> line) => buffered.Write(line.Array!, line.Offset, line.Count);
            });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new JournalException("JournalFailed", $"The journal '{path}' cannot be written: {e.Message}", e);
        }
    }
}
