using System.Collections;
using System.Management.Automation;
using System.Text.RegularExpressions;
using Truebit.Help;
using Truebit.Module.Tests.Hosting;

namespace Truebit.Module.Tests.Help;

/// <summary>What the pages say is what Get-Help shows.</summary>
public sealed partial class GetHelpTests(GetHelpTests.Session session) : IClassFixture<GetHelpTests.Session>
{
    [Theory]
    [MemberData(nameof(HelpPages.Names), MemberType = typeof(HelpPages))]
    public void Full_help_shows_what_the_page_says(string cmdlet)
    {
        CmdletPage page = HelpPages.Cmdlets[cmdlet];
        PSObject help = Run("Get-Help $arguments[0] -Full", cmdlet)[0];
        Assert.Equal(string.Join(" ", page.Synopsis), Get(help, "Synopsis")!.ToString());
        Assert.Equal(page.Description, Text(Get(help, "description")));
        Assert.Equal(page.Notes, Text(Get(Get(help, "alertSet"), "alert")));
        Assert.Equal(page.Syntax.Count, List(Get(Get(help, "syntax"), "syntaxItem")).Count());
        Assert.Equal(page.Outputs.Select(static type => type.Name),
            List(Get(Get(help, "returnValues"), "returnValue")).Select(static type => Get(Get(type, "type"), "name")!.ToString()));
        Assert.Equal(page.Inputs.SelectMany(static type => type.Text),
            List(Get(Get(help, "inputTypes"), "inputType")).SelectMany(static type => Text(Get(type, "description"))));
    }

    [Theory]
    [MemberData(nameof(HelpPages.Names), MemberType = typeof(HelpPages))]
    public void Examples_are_three_or_more_and_complete(string cmdlet)
    {
        PSObject[] examples = [.. List(Get(Get(Run("Get-Help $arguments[0] -Examples", cmdlet)[0], "examples"), "example"))];
        Assert.InRange(examples.Length, 3, 6);
        Assert.All(examples.Zip(HelpPages.Cmdlets[cmdlet].Examples), static pair =>
        {
            Assert.Contains(pair.Second.Title, Get(pair.First, "title")!.ToString());
            Assert.StartsWith(pair.Second.Code, Get(pair.First, "code")!.ToString());
            Assert.Equal(pair.Second.Remarks, Text(Get(pair.First, "remarks")));
        });
    }

    [Theory]
    [MemberData(nameof(HelpPages.Names), MemberType = typeof(HelpPages))]
    public void Each_parameter_is_shown_with_its_text(string cmdlet) => Assert.All(HelpPages.Cmdlets[cmdlet].Parameters, parameter =>
    {
        PSObject shown = Run("Get-Help $arguments[0] -Parameter $arguments[1]", cmdlet, parameter.Name)[0];
        Assert.Equal(parameter.Text, Text(Get(shown, "description")));
        Assert.Equal(parameter.PipelineInput, Get(shown, "pipelineInput")!.ToString());
        Assert.Equal(parameter.DefaultValue, Get(shown, "defaultValue")!.ToString());
    });

    [Theory]
    [MemberData(nameof(HelpPages.Names), MemberType = typeof(HelpPages))]
    public void The_syntax_is_that_of_Get_Command(string cmdlet)
    {
        string help = Run("(Get-Help $arguments[0]).syntax | Out-String -Width 4096", cmdlet)[0].ToString();
        string command = Run("Get-Command $arguments[0] -Syntax", cmdlet)[0].ToString();
        string[] hidden = [.. Run("(Get-Command $arguments[0]).Parameters.Values | Where-Object { $_.Attributes.DontShow -contains $true } | ForEach-Object Name", cmdlet)
            .Select(static name => $"[-{name} <>]")];
        Assert.Equal(Lines(command), Lines(help));

        // The order of the sets and of the named parameters, and how types are called, are free. Get-Command shows what is hidden, too.
        IEnumerable<string> Lines(string syntax) => syntax.Split('\n')
            .Where(line => line.TrimStart().StartsWith(cmdlet, StringComparison.Ordinal))
            .Select(line => string.Join(" ", Parameter().Matches(line).Select(static match => Type().Replace(match.Value, "<>")).Except(hidden).Order(StringComparer.Ordinal)))
            .Order(StringComparer.Ordinal);
    }

    [Theory]
    [MemberData(nameof(HelpPages.Names), MemberType = typeof(HelpPages))]
    public void Online_opens_the_page(string cmdlet)
    {
        PSObject help = Run("Get-Help $arguments[0]", cmdlet)[0];
        string first = Get(List(Get(Get(help, "relatedLinks"), "navigationLink")).First(), "uri")!.ToString()!;
        Assert.EndsWith($"/docs/cmdlets/{cmdlet}.md", first);
        Assert.Equal(first, Run("(Get-Command $arguments[0]).HelpUri", cmdlet)[0].ToString());
    }

    [Theory]
    [MemberData(nameof(HelpPages.Abouts), MemberType = typeof(HelpPages))]
    public void About_pages_are_text_of_at_most_80_columns(string about)
    {
        string[] lines = Run("Get-Help $arguments[0]", about)[0].ToString().Split('\n');
        Assert.Equal("TOPIC", lines[0].Trim());
        Assert.Equal(about, lines[1].Trim());
        Assert.All(lines, static line => Assert.InRange(line.TrimEnd().Length, 0, 80));
    }

    /// <summary>The engine caches an assembly that was imported before, and its cmdlets come in by another way then.</summary>
    [Fact]
    public void Help_is_found_after_the_module_was_imported_again()
    {
        Run("Remove-Module Truebit; Import-Module $arguments[0]; Import-Module $arguments[0] -Force", Repository.Manifest);
        Assert.Equal(HelpPages.Cmdlets["Connect-Truebit"].Synopsis[0], Get(Run("Get-Help Connect-Truebit")[0], "Synopsis")!.ToString());
    }

    [GeneratedRegex(@"\[*-\w+\]?( <[^>]+>| \{[^}]+\})?\]?")]
    private static partial Regex Parameter();

    [GeneratedRegex(@"<[^>]+>|\{[^}]+\}")]
    private static partial Regex Type();

    private static PSObject? Get(PSObject? parent, string name) => parent?.Properties[name]?.Value is object value ? PSObject.AsPSObject(value) : null;

    private static IEnumerable<PSObject> List(PSObject? value) => value?.BaseObject is IEnumerable and not string
        ? ((IEnumerable)value.BaseObject).Cast<object>().Select(PSObject.AsPSObject)
        : value is null ? [] : [value];

    /// <summary>Without the empty lines that the view needs between paragraphs and between examples.</summary>
    private static IEnumerable<string> Text(PSObject? paragraphs) =>
        List(paragraphs).Select(static paragraph => Get(paragraph, "Text")!.ToString()!.TrimEnd()).Where(static text => text.Length > 0);

    private IReadOnlyList<PSObject> Run(string script, params object[] arguments)
    {
        session.Engine["arguments"] = arguments;
        return session.Engine.Ok(script).Output;
    }

    /// <summary>One for all tests: help changes nothing.</summary>
    public sealed class Session : IDisposable
    {
        public Engine Engine { get; } = new();

        public void Dispose() => Engine.Dispose();
    }
}
