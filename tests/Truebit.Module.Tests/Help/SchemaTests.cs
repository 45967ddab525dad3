using Truebit.Help;

namespace Truebit.Module.Tests.Help;

/// <summary>A page that breaks its schema ends the build, with file and line.</summary>
public sealed class SchemaTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("truebit-schema-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("schema: 2.0.0", "schema: 1.0.0", "with the front matter")]
    [InlineData("online version: https://", "online version: ", "with the front matter")]
    [InlineData("# Stop-TruebitSandbox", "# Stop-Sandbox", "the file's name says 'Stop-TruebitSandbox'")]
    [InlineData("## NOTES", "## REMARKS", "section number 8 is not what it must be")]
    [InlineData("### Example 2: ", "### Example 3: ", "### Example 2: TITLE")]
    [InlineData("### -InputObject\n", "### InputObject\n", "a parameter is '### -NAME'")]
    [InlineData("### CommonParameters", "### Common", "the parameters must be")]
    [InlineData("Position: 0\n", "", "the keys must be")]
    [InlineData("Required: False", "Required: Perhaps", "'Perhaps' must be True or False")]
    [InlineData("Required: False", "Required", "is not a line 'key: value'")]
    [InlineData("[[-InputObject] <TruebitSandbox>]", "[-InputObject] <TruebitSandbox>", "is not what PARAMETERS says of it")]
    [InlineData("[[-InputObject] <TruebitSandbox>]", "[-Force]", "is not what PARAMETERS says of it")]
    [InlineData("[Online Version](https:", "[Online Version](http:", "the first link must be")]
    [InlineData("## OUTPUTS", "```\ncode\n```\n\n## OUTPUTS", "only paragraphs and lists can stand here")]
    public void A_broken_page_is_refused_with_its_line(string good, string bad, string message)
    {
        string page = File.ReadAllText(Path.Combine(HelpPages.Folder, "Stop-TruebitSandbox.md"));
        string file = Path.Combine(_folder.FullName, "Stop-TruebitSandbox.md");
        Assert.Contains(good, page);
        File.WriteAllText(file, page.Replace(good, bad));

        PageException error = Assert.Throws<PageException>(() => CmdletPage.Read(file));

        Assert.Matches(@"^.*Stop-TruebitSandbox\.md\(\d+\): error HELP: ", error.Message);
        Assert.Contains(message, error.Message);
    }

    [Fact]
    public void The_line_is_that_of_the_fault()
    {
        string[] lines = File.ReadAllLines(Path.Combine(HelpPages.Folder, "Stop-TruebitSandbox.md"));
        int at = Array.IndexOf(lines, "Required: False");
        lines[at] = "Required";
        string file = Path.Combine(_folder.FullName, "Stop-TruebitSandbox.md");
        File.WriteAllLines(file, lines);

        Assert.StartsWith($"{file}({at + 1}): ", Assert.Throws<PageException>(() => CmdletPage.Read(file)).Message);
    }

    [Theory]
    [InlineData("# about_X\n\n## LONG DESCRIPTION\n\nText.\n", "starts with '## SHORT DESCRIPTION'")]
    [InlineData("# about_X\n\n## SHORT DESCRIPTION\n\nToo long, too long, too long, too long, too long, too long, too long, too long.\n\n## LONG DESCRIPTION\n", "one line")]
    [InlineData("# about_X\n\n## SHORT DESCRIPTION\n\nX.\n\n## LONG DESCRIPTION\n\n```\n123456789 123456789 123456789 123456789 123456789 123456789 123456789 1234\n```\n", "longer than 72")]
    public void A_broken_about_page_is_refused(string text, string message)
    {
        string file = Path.Combine(_folder.FullName, "about_X.md");
        File.WriteAllText(file, text);

        Assert.Contains(message, Assert.Throws<PageException>(() => PlainText.About(Page.Read(file))).Message);
    }
}
