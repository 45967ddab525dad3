using System.Text;

namespace Truebit.Client;

/// <summary>Makes entries of the lines of a journal. One thread at a time.</summary>
internal sealed class JournalEntryReader(string path) : IDisposable
{
    /// <summary>The lines that rows begin with, and those that they end with, lie apart: a window each goes through the file once.</summary>
    private readonly JournalWindow _heads = new(path);
    private readonly JournalWindow _ends = new(path);

    /// <summary>The last word on a row, with what its earlier lines told.</summary>
    /// <exception cref="JournalException">The file was changed meanwhile, or cannot be read.</exception>
    public JournalEntry Read(JournalRow row)
    {
        try
        {
            // The line with the id comes after the one that tells the task, but for a candidate of a row that was sent again.
            JournalEntry? entry = row.HasId && row.Id < row.Head ? Read(_ends, row.Id).ToEntry() : null;
            entry = row.Head < row.Last ? Read(_heads, row.Head).ToEntry().After(entry) : entry;
            entry = row.HasId && row.Id > row.Head && row.Id < row.Last ? Read(_ends, row.Id).ToEntry().After(entry) : entry;

            JournalLine last = Read(_ends, row.Last);
            return last.ToEntry().After(entry) with { AnswerAt = last.HasAnswer ? row.Last : null };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(path, e);
        }
    }

    /// <summary>The hub's last answer to a finished row.</summary>
    /// <exception cref="JournalException">The file was changed meanwhile, or cannot be read.</exception>
    public string ReadAnswer(JournalEntry entry)
    {
        try
        {
            return entry.AnswerAt is long place && Read(_ends, place).Answer() is string answer ? answer : throw Changed();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(path, e);
        }
    }

    /// <inheritdoc cref="ReadAnswer"/>
    public HubExecution ReadExecution(JournalEntry entry) => HubExecution.Parse(Encoding.UTF8.GetBytes(ReadAnswer(entry)), entry.Kind, entry.ExecutionId);

    public void Dispose()
    {
        _heads.Dispose();
        _ends.Dispose();
    }

    internal static JournalException Unreadable(string path, Exception e) => new("JournalFailed", $"The journal '{path}' cannot be read: {e.Message}", e);

    private JournalLine Read(JournalWindow window, long place) =>
        JournalText.TryCheck(window.Read(place), out ReadOnlySpan<byte> body, out _, out _) && JournalLine.TryRead(body, out JournalLine line) ? line : throw Changed();

    private JournalException Changed() => new("JournalDamaged", $"'{path}' was changed while it was in use.");
}
