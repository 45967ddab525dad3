using System.Xml.Linq;

namespace Truebit.Help;

/// <summary>Writes pages as MAML, the XML that Get-Help reads.</summary>
internal static class Maml
{
    private static readonly XNamespace Root = "http://msh";
    private static readonly XNamespace Text = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    /// <summary>The help file of a module.</summary>
    public static XDocument Write(IEnumerable<CmdletPage> pages) => new(
        new XDeclaration("1.0", "utf-8", null),
        new XElement(Root + "helpItems", new XAttribute("schema", "maml"), pages.Select(WriteCommand)));

    private static XElement WriteCommand(CmdletPage page)
    {
        string[] name = page.Name.Split('-');
        return new XElement(
            Command + "command",
            new XAttribute(XNamespace.Xmlns + "maml", Text),
            new XAttribute(XNamespace.Xmlns + "command", Command),
            new XAttribute(XNamespace.Xmlns + "dev", Dev),
            new XElement(
                Command + "details",
                new XElement(Command + "name", page.Name),
                new XElement(Command + "verb", name[0]),
                new XElement(Command + "noun", name[1]),
                Description(page.Synopsis)),
            Description(page.Description),
            new XElement(Command + "syntax", page.Syntax.Select(syntax => new XElement(
                Command + "syntaxItem", new XElement(Text + "name", page.Name), syntax.Parameters.Select(WriteSyntaxParameter)))),
            new XElement(Command + "parameters", page.Parameters.Select(WriteParameter)),
            new XElement(Command + "inputTypes", page.Inputs.Select(static type => WriteType("inputType", type))),
            new XElement(Command + "returnValues", page.Outputs.Select(static type => WriteType("returnValue", type))),
            new XElement(Text + "alertSet", new XElement(Text + "alert", Paragraphs(page.Notes))),
            new XElement(Command + "examples", page.Examples.Select(WriteExample)),
            new XElement(Command + "relatedLinks", page.Links.Select(static link => new XElement(
                Text + "navigationLink", new XElement(Text + "linkText", link.Text), new XElement(Text + "uri", link.Address)))));
    }

    private static XElement WriteParameter(HelpParameter parameter) => new(
        Command + "parameter",
        Attributes(parameter),
        new XElement(Text + "name", parameter.Name),
        Description(parameter.Text),
        new XElement(
            Command + "parameterValue",
            new XAttribute("required", !parameter.IsSwitch),
            new XAttribute("variableLength", false),
            parameter.Type),
        new XElement(Dev + "type", new XElement(Text + "name", parameter.Type), new XElement(Text + "uri")),
        new XElement(Dev + "defaultValue", parameter.DefaultValue));

    /// <summary>In the syntax a switch has no value, and an enumeration shows its values.</summary>
    private static XElement WriteSyntaxParameter(HelpParameter parameter) => new(
        Command + "parameter",
        Attributes(parameter),
        new XElement(Text + "name", parameter.Name),
        parameter.AcceptedValues.Count > 0 ? new XElement(
            Command + "parameterValueGroup", parameter.AcceptedValues.Select(static value => new XElement(
                Command + "parameterValue", new XAttribute("required", false), new XAttribute("variableLength", false), value)))
        : parameter.IsSwitch ? null
        : new XElement(Command + "parameterValue", new XAttribute("required", true), new XAttribute("variableLength", false), parameter.Type));

    private static IEnumerable<XAttribute> Attributes(HelpParameter parameter) =>
    [
        new("required", parameter.IsRequired),
        new("variableLength", true),
        new("globbing", parameter.TakesWildcards),
        new("pipelineInput", parameter.PipelineInput),
        new("position", parameter.Position.ToLowerInvariant()),
        new("aliases", parameter.Aliases.Count == 0 ? "none" : string.Join(", ", parameter.Aliases)),
    ];

    private static XElement WriteType(string element, HelpType type) => new(
        Command + element,
        new XElement(Dev + "type", new XElement(Text + "name", type.Name), new XElement(Text + "uri")),
        Description(type.Text));

    private static XElement WriteExample(HelpExample example) => new(
        Command + "example",
        new XElement(Text + "title", $"---------- {example.Title} ----------"),
        new XElement(Dev + "code", example.Output is null ? example.Code : $"{example.Code}\n\n{example.Output}"),

        // Get-Help puts an empty line between paragraphs, and none between examples.
        new XElement(Dev + "remarks", Paragraphs([.. example.Remarks, ""])));

    private static XElement Description(IReadOnlyList<string> paragraphs) => new(Text + "description", Paragraphs(paragraphs));

    private static IEnumerable<XElement> Paragraphs(IReadOnlyList<string> paragraphs) =>
        paragraphs.Select(static text => new XElement(Text + "para", text));
}
