using Markdig;
using Markdig.Extensions.Yaml;
using Markdig.Syntax;

namespace Truebit.Help;

/// <summary>A Markdown file: its front matter, and its text in sections under their headings.</summary>
internal sealed class Page
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UseYamlFrontMatter().Build();

    private Page(string file) => File = file;

    /// <summary>The file's path, for messages.</summary>
    public string File { get; }

    /// <summary>What the file's name says the page is about.</summary>
    public string Name => Path.GetFileNameWithoutExtension(File);

    /// <summary>The lines between the two <c>---</c> on top; empty where there are none.</summary>
    public IReadOnlyList<(string Key, string Value)> FrontMatter { get; private set; } = [];

    /// <summary>The one heading of the first level, with everything below it.</summary>
    public Section Title { get; private set; } = null!;

    /// <summary>Reads a file whose one heading of the first level is the file's name.</summary>
    /// <exception cref="PageException">It is not such a file.</exception>
    public static Page Read(string file)
    {
        Page page = new(file);
        Section root = new("", 0, 1);
        Stack<Section> open = new([root]);
        foreach (Block block in Markdown.Parse(System.IO.File.ReadAllText(file), Pipeline))
        {
            if (block is YamlFrontMatterBlock yaml)
            {
                page.FrontMatter = page.KeyedLines(yaml);
            }
            else if (block is HeadingBlock heading)
            {
                while (open.Peek().Level >= heading.Level)
                {
                    open.Pop();
                }

                Section section = new(PlainText.Of(heading.Inline), heading.Level, heading.Line + 1);
                open.Peek().Sections.Add(section);
                open.Push(section);
            }
            else if (block is not LinkReferenceDefinitionGroup)
            {
                open.Peek().Blocks.Add(block);
            }
        }

        page.Title = root.Sections is [Section { Level: 1 } title] && root.Blocks.Count == 0
            ? title
            : throw page.Error(1, "the page must be one heading '# " + page.Name + "' with everything below it");
        return title.Title == page.Name
            ? page
            : throw page.Error(title.Line, $"the heading is '{title.Title}', and the file's name says '{page.Name}'");
    }

    /// <summary>The lines <c>key: value</c> of a block.</summary>
    /// <exception cref="PageException">A line is not of that form.</exception>
    public IReadOnlyList<(string Key, string Value)> KeyedLines(CodeBlock block)
    {
        List<(string Key, string Value)> pairs = [];
        for (int index = 0; index < block.Lines.Count; index++)
        {
            string line = block.Lines.Lines[index].Slice.ToString();
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon >= 0)
            {
                pairs.Add((line[..colon].Trim(), line[(colon + 1)..].Trim()));
            }
            else if (line.Trim().Length > 0)
            {
                throw Error(block.Line + 2 + index, $"'{line}' is not a line 'key: value'");
            }
        }

        return pairs;
    }

    /// <summary>What is wrong with the page, to be thrown.</summary>
    /// <param name="line">The line, from 1.</param>
    /// <param name="message">What is wrong there.</param>
    public PageException Error(int line, string message) => new(File, line, message);
}

/// <summary>A heading, the blocks right below it, and the sections of the next levels.</summary>
internal sealed record Section(string Title, int Level, int Line)
{
    public List<Block> Blocks { get; } = [];

    public List<Section> Sections { get; } = [];
}

/// <summary>A page breaks its schema. The message is in the form in which MSBuild takes errors from tools.</summary>
internal sealed class PageException(string file, int line, string message)
    : Exception($"{file}({line}): error HELP: {message}");
