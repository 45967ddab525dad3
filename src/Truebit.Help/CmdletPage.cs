using System.Text.RegularExpressions;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Truebit.Help;

/// <summary>A cmdlet's page in platyPS's schema 2.0.0, read strictly: a page that is not understood is not guessed at.</summary>
internal sealed class CmdletPage
{
    private const string CommonParameters = "CommonParameters";

    private static readonly string[] FrontMatterKeys = ["external help file", "Module Name", "online version", "schema"];
    private static readonly string[] SectionTitles =
        ["SYNOPSIS", "SYNTAX", "DESCRIPTION", "EXAMPLES", "PARAMETERS", "INPUTS", "OUTPUTS", "NOTES", "RELATED LINKS"];
    private static readonly string[] ParameterKeys =
        ["Type", "Parameter Sets", "Aliases", "Required", "Position", "Default value", "Accept pipeline input", "Accept wildcard characters"];
    private static readonly Regex SyntaxToken = new(@"(?<optional>\[(?!-\w+\] <))?\[?-(?<name>\w+)\]?( <(?<type>[^>]+)>)?\]?", RegexOptions.ExplicitCapture);

    private readonly Page _page;

    private CmdletPage(Page page)
    {
        _page = page;
        CheckOutline();
        OnlineVersion = page.FrontMatter[2].Value;
        Synopsis = Text(Find("SYNOPSIS"));
        Description = Text(Find("DESCRIPTION"));
        Parameters = [.. Find("PARAMETERS").Sections.SkipLast(1).Select(ReadParameter)];
        CheckParameters();
        Syntax = [.. Syntaxes().Select(ReadSyntax)];
        Examples = [.. Find("EXAMPLES").Sections.Select((section, index) => ReadExample(section, index + 1))];
        Inputs = [.. Find("INPUTS").Sections.Select(section => new HelpType(section.Title, Text(section)))];
        Outputs = [.. Find("OUTPUTS").Sections.Select(section => new HelpType(section.Title, Text(section)))];
        Notes = PlainText.Paragraphs(page, Find("NOTES").Blocks);
        Links = ReadLinks(Find("RELATED LINKS"));
    }

    public string Name => _page.Name;

    public string HelpFile => _page.FrontMatter[0].Value;

    public string OnlineVersion { get; }

    public IReadOnlyList<string> Synopsis { get; }

    public IReadOnlyList<string> Description { get; }

    public IReadOnlyList<HelpSyntax> Syntax { get; }

    public IReadOnlyList<HelpExample> Examples { get; }

    public IReadOnlyList<HelpParameter> Parameters { get; }

    public IReadOnlyList<HelpType> Inputs { get; }

    public IReadOnlyList<HelpType> Outputs { get; }

    public IReadOnlyList<string> Notes { get; }

    public IReadOnlyList<HelpLink> Links { get; }

    /// <summary>Reads a page.</summary>
    /// <exception cref="PageException">It breaks the schema; the message names file and line.</exception>
    public static CmdletPage Read(string file) => new(Page.Read(file));

    private void CheckOutline()
    {
        if (!_page.FrontMatter.Select(static pair => pair.Key).SequenceEqual(FrontMatterKeys) || _page.FrontMatter[3].Value != "2.0.0"
            || !Uri.IsWellFormedUriString(_page.FrontMatter[2].Value, UriKind.Absolute) || !Regex.IsMatch(Name, "^[A-Za-z]+-[A-Za-z]+$"))
        {
            throw _page.Error(1, $"it must be VERB-NOUN.md, with the front matter: {string.Join(", ", FrontMatterKeys)}: 2.0.0");
        }

        if (FirstDifference(_page.Title.Sections.Select(static section => section.Title), SectionTitles) is int at)
        {
            int line = _page.Title.Sections.ElementAtOrDefault(at)?.Line ?? _page.Title.Line;
            throw _page.Error(line, $"section number {at + 1} is not what it must be; the order is {string.Join(", ", SectionTitles)}");
        }
    }

    private void CheckParameters()
    {
        Section section = Find("PARAMETERS");
        string[] names = [.. section.Sections.Select(static parameter => parameter.Title)];
        string[] ordered = [.. names.OrderBy(static name => name is CommonParameters ? 2 : name is "-Confirm" or "-WhatIf" ? 1 : 0)
            .ThenBy(static name => name, StringComparer.OrdinalIgnoreCase)];
        if (!names.SequenceEqual(ordered) || names.Distinct().Count() < names.Length || names.LastOrDefault() != CommonParameters)
        {
            throw _page.Error(section.Line, $"the parameters must be: {string.Join(", ", ordered.Distinct())}, each once, and CommonParameters");
        }
    }

    private Section Find(string title) => _page.Title.Sections[Array.IndexOf(SectionTitles, title)];

    private IReadOnlyList<string> Text(Section section) => PlainText.Paragraphs(_page, section.Blocks) is { Count: > 0 } text
        ? text
        : throw _page.Error(section.Line, $"'{section.Title}' has no text");

    /// <summary>One set needs no heading.</summary>
    private IEnumerable<Section> Syntaxes() =>
        Find("SYNTAX") is { Sections: [_, ..] sets } ? sets : [Find("SYNTAX")];

    private HelpSyntax ReadSyntax(Section section)
    {
        if (section.Blocks is not [FencedCodeBlock code] || !PlainText.Of(code).StartsWith(Name, StringComparison.Ordinal))
        {
            throw _page.Error(section.Line, $"here must be one code block that starts with '{Name}'");
        }

        bool isDefault = section.Title.EndsWith(" (Default)", StringComparison.Ordinal);
        string set = section.Level == 2 ? "(All)" : isDefault ? section.Title[..^" (Default)".Length] : section.Title;
        string text = PlainText.Of(code)[Name.Length..];
        List<HelpParameter> parameters = [];
        foreach (Match match in SyntaxToken.Matches(text))
        {
            HelpParameter? parameter = Parameters.FirstOrDefault(parameter => parameter.Name == match.Groups["name"].Value);
            if (parameter is null || parameter.IsRequired == match.Groups["optional"].Success
                || (parameter.IsSwitch ? "" : parameter.Type) != match.Groups["type"].Value
                || (set != "(All)" && !parameter.Sets.Contains("(All)") && !parameter.Sets.Contains(set)))
            {
                throw _page.Error(code.Line + 1, $"'{match.Value}' is not what PARAMETERS says of it");
            }

            parameters.Add(parameter);
        }

        return new HelpSyntax(set, isDefault, parameters);
    }

    private HelpExample ReadExample(Section section, int number)
    {
        Match title = Regex.Match(section.Title, $"^Example {number}: (.+)$");
        FencedCodeBlock[] codes = [.. section.Blocks.TakeWhile(static block => block is FencedCodeBlock).Cast<FencedCodeBlock>()];
        if (!title.Success || codes is not ([{ Info: "powershell" }] or [{ Info: "powershell" }, { Info: "Output" }]))
        {
            throw _page.Error(section.Line, $"here must be '### Example {number}: TITLE', then ```powershell, perhaps ```Output, then the text");
        }

        Block[] remarks = [.. section.Blocks.Skip(codes.Length)];
        return remarks.Length == 0
            ? throw _page.Error(section.Line, "the example has no text")
            : new HelpExample(
                title.Value, PlainText.Of(codes[0]), codes.Length > 1 ? PlainText.Of(codes[1]) : null, PlainText.Paragraphs(_page, remarks));
    }

    private HelpParameter ReadParameter(Section section)
    {
        if (!section.Title.StartsWith('-') || section.Blocks is not [_, .., FencedCodeBlock { Info: "yaml" } yaml])
        {
            throw _page.Error(section.Line, "a parameter is '### -NAME', its text, and a ```yaml block");
        }

        IReadOnlyList<(string Key, string Value)> lines = _page.KeyedLines(yaml);
        (string Key, string Value)[] plain = [.. lines.Where(static line => line.Key != "Accepted values")];
        if (FirstDifference(plain.Select(static line => line.Key), ParameterKeys) is not null)
        {
            throw _page.Error(yaml.Line + 1, $"the keys must be {string.Join(", ", ParameterKeys)}");
        }

        return new HelpParameter(section.Title[1..], PlainText.Paragraphs(_page, section.Blocks.SkipLast(1)))
        {
            Type = plain[0].Value,
            Sets = List(plain[1].Value),
            Aliases = List(plain[2].Value),
            AcceptedValues = List(lines.FirstOrDefault(static line => line.Key == "Accepted values").Value ?? ""),
            IsRequired = Flag(plain[3].Value, yaml),
            Position = plain[4].Value,
            DefaultValue = plain[5].Value,
            PipelineInput = plain[6].Value,
            TakesWildcards = Flag(plain[7].Value, yaml),
        };
    }

    private IReadOnlyList<HelpLink> ReadLinks(Section section)
    {
        Uri page = new(OnlineVersion);
        HelpLink[] links = [.. section.Blocks.SelectMany(PlainText.Inlines<LinkInline>)
            .Select(link => new HelpLink(PlainText.Of(link), new Uri(page, link.Url).AbsoluteUri))];

        // Get-Help -Online opens the first link.
        return links.Length > 0 && links[0].Address == OnlineVersion
            ? links
            : throw _page.Error(section.Line, $"the first link must be '[Online Version]({OnlineVersion})', as in the front matter");
    }

    private bool Flag(string value, Block block) => value is "True" or "False"
        ? value == "True"
        : throw _page.Error(block.Line + 1, $"'{value}' must be True or False");

    private static string[] List(string value) => value.Split(", ", StringSplitOptions.RemoveEmptyEntries);

    private static int? FirstDifference(IEnumerable<string> found, IReadOnlyList<string> wanted)
    {
        string[] all = [.. found];
        int same = all.TakeWhile((text, index) => text == wanted.ElementAtOrDefault(index)).Count();
        return same == all.Length && same == wanted.Count ? null : same;
    }
}
