using System.Text;

namespace Truebit.Module.Tests.Messages;

/// <summary>docs/messages.md has every message of the module, so that a change of one is read in its place among the others.</summary>
public sealed class MessagePageTests
{
    private static readonly string[] LastKinds = [Message.Warning, Message.Told, Message.Part, Message.Sandbox];

    private static readonly string File = Path.Combine(Repository.Root, "docs", "messages.md");

    [Fact]
    public void The_page_has_the_messages_that_are_in_the_sources()
    {
        string page = Page(SourceMessages.Read());
        if (Environment.GetEnvironmentVariable("TRUEBIT_WRITE_MESSAGES") == "1")
        {
            System.IO.File.WriteAllText(File, page);
        }

        Assert.True(page == System.IO.File.ReadAllText(File).ReplaceLineEndings("\n"), "docs/messages.md is not up to date: run this test with TRUEBIT_WRITE_MESSAGES=1, and read what has changed.");
    }

    /// <summary>Turns that a reader has to read twice.</summary>
    [Theory]
    [InlineData("is none")]
    [InlineData("it is no ")]
    [InlineData("of none")]
    [InlineData("RFC ")]
    [InlineData("by all evidence")]
    [InlineData("nobody knows")]
    public void No_message_has_a_turn_that_must_be_read_twice(string turn) =>
        Assert.DoesNotContain(SourceMessages.Read(), message => message.Text.Contains(turn, StringComparison.Ordinal));

    private static string Page(IReadOnlyList<Message> messages)
    {
        StringBuilder page = new(
            """
            # Messages

            Every message of the module, by ErrorId. A message says what happened, where (row, column, parameter, file), and what to do next.
            `{name}` is a value, `[one|other]` a choice; the source file stands behind. A row's errors begin with its number and key.

            A test compares this page with the sources. With `TRUEBIT_WRITE_MESSAGES=1` it writes the page:

                TRUEBIT_WRITE_MESSAGES=1 dotnet run --project tests/Truebit.Module.Tests -- -class "*MessagePageTests"

            """.ReplaceLineEndings("\n"));
        foreach (IGrouping<string, Message> kind in messages.GroupBy(static message => message.Kind).OrderBy(static kind => Array.IndexOf(LastKinds, kind.Key)).ThenBy(static kind => kind.Key, StringComparer.Ordinal))
        {
            page.Append($"\n## {kind.Key}\n\n");
            foreach (Message message in kind.OrderBy(static message => message.File, StringComparer.Ordinal).ThenBy(static message => message.Text, StringComparer.Ordinal))
            {
                page.Append($"- `{message.Text.Replace('`', '\'').Replace("\n", "\\n").Trim()}` ({message.File})\n");
            }
        }

        return page.ToString();
    }
}
