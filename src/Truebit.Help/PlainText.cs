using System.Text;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Truebit.Help;

/// <summary>Markdown as plain text: what Get-Help shows is not rendered any further.</summary>
internal static class PlainText
{
    private const int Width = 80;

    /// <summary>One line of text; links to the web keep their address.</summary>
    public static string Of(ContainerInline? inlines)
    {
        StringBuilder text = new();
        foreach (Inline inline in inlines ?? Enumerable.Empty<Inline>())
        {
            text.Append(inline switch
            {
                CodeInline code => code.Content,
                LineBreakInline => " ",
                LinkInline { Url: string url } link when url.StartsWith("http", StringComparison.Ordinal) => $"{Of(link)} ({url})",
                ContainerInline container => Of(container),
                AutolinkInline address => address.Url,
                HtmlEntityInline entity => entity.Transcoded.ToString(),
                _ => inline.ToString(),
            });
        }

        return text.ToString().Trim();
    }

    /// <summary>The lines of a code block, as they are.</summary>
    public static string Of(CodeBlock code) => code.Lines.ToString().TrimEnd();

    /// <summary>The inlines of one kind in a block.</summary>
    public static IEnumerable<T> Inlines<T>(Block block)
        where T : Inline => block is LeafBlock leaf ? leaf.Inline?.Descendants<T>() ?? [] : block.Descendants<T>();

    /// <summary>Paragraphs and list items, each in a line of its own.</summary>
    /// <exception cref="PageException">There is something else among the blocks.</exception>
    public static IReadOnlyList<string> Paragraphs(Page page, IEnumerable<Block> blocks) => [.. blocks.SelectMany(block => block switch
    {
        ParagraphBlock paragraph => [Of(paragraph.Inline)],
        ListBlock list => list.Cast<ListItemBlock>().Select((item, index) =>
            (list.IsOrdered ? $"{index + 1}. " : "- ") + string.Join(" ", Paragraphs(page, item))),
        _ => throw page.Error(block.Line + 1, "only paragraphs and lists can stand here"),
    })];

    /// <summary>An about page as the text file that <c>Get-Help about_NAME</c> shows, at most 80 columns wide.</summary>
    /// <exception cref="PageException">The page is not one, or a line of code in it is too long.</exception>
    public static string About(Page page)
    {
        // Get-Help takes the fifth line for the synopsis.
        if (page.Title.Sections is not [{ Title: "SHORT DESCRIPTION", Blocks: [ParagraphBlock synopsis], Sections: [] }, { Title: "LONG DESCRIPTION" }, ..])
        {
            throw page.Error(page.Title.Line, "an about page starts with '## SHORT DESCRIPTION' of one paragraph and '## LONG DESCRIPTION'");
        }

        if (Wrap(Of(synopsis.Inline), 4, 4).Count > 1)
        {
            throw page.Error(synopsis.Line + 1, "the short description must fit one line of 76 characters");
        }

        List<string> lines = ["TOPIC", "    " + page.Name, ""];
        foreach (Section section in page.Title.Sections)
        {
            AddSection(page, section, lines);
        }

        return string.Join("\n", lines).TrimEnd() + "\n";
    }

    private static void AddSection(Page page, Section section, List<string> lines)
    {
        lines.Add(section.Level == 2 ? section.Title.ToUpperInvariant() : "  " + section.Title);
        foreach (Block block in section.Blocks)
        {
            if (block is FencedCodeBlock code)
            {
                lines.AddRange(Of(code).Split('\n').Select(line => line.Length + 8 <= Width
                    ? ("        " + line).TrimEnd()
                    : throw page.Error(block.Line + 1, $"a line of code is longer than {Width - 8} characters: {line}")));
            }
            else
            {
                lines.AddRange(Paragraphs(page, [block]).SelectMany(text => Wrap(text, 4, block is ListBlock ? 6 : 4)));
            }

            lines.Add("");
        }

        section.Sections.ForEach(inner => AddSection(page, inner, lines));
    }

    private static List<string> Wrap(string text, int firstIndent, int indent)
    {
        List<string> lines = [];
        StringBuilder line = new(new string(' ', firstIndent));
        bool isEmpty = true;
        foreach (string word in text.Split(' '))
        {
            if (!isEmpty && line.Length + 1 + word.Length > Width)
            {
                lines.Add(line.ToString());
                line.Clear().Append(' ', indent);
                isEmpty = true;
            }

            line.Append(isEmpty ? "" : " ").Append(word);
            isEmpty = false;
        }

        lines.Add(line.ToString());
        return lines;
    }
}
