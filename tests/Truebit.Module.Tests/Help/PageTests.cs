using System.Management.Automation;
using System.Management.Automation.Language;
using Truebit.Help;
using Truebit.Module.Tests.Hosting;

namespace Truebit.Module.Tests.Help;

/// <summary>The pages say what the cmdlets are: a parameter that comes, goes or changes must show in its page.</summary>
public sealed class PageTests : IDisposable
{
    private static readonly string[] CommonParameters = [.. Cmdlet.CommonParameters, .. Cmdlet.OptionalCommonParameters.Except(["WhatIf", "Confirm"])];

    private readonly Engine _engine = new();

    public void Dispose() => _engine.Dispose();

    [Fact]
    public void Every_cmdlet_has_a_page_and_every_page_a_cmdlet()
    {
        IEnumerable<string> cmdlets = Run("Get-Command -Module Truebit").Select(static command => ((CommandInfo)command.BaseObject).Name);
        Assert.Equal(cmdlets.Order(StringComparer.Ordinal), HelpPages.Cmdlets.Keys.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(HelpPages.Names), MemberType = typeof(HelpPages))]
    public void A_page_describes_the_parameters_that_are_there(string cmdlet)
    {
        ParameterMetadata[] actual = Parameters(cmdlet);
        CmdletPage page = HelpPages.Cmdlets[cmdlet];
        Assert.Equal(actual.Select(static parameter => parameter.Name).Order(StringComparer.Ordinal),
            page.Parameters.Select(static parameter => parameter.Name).Order(StringComparer.Ordinal));
        Assert.All(actual, parameter =>
        {
            HelpParameter described = page.Parameters.Single(other => other.Name == parameter.Name);
            Assert.Equal(Facts(parameter, Command(cmdlet)), Facts(described));
        });
    }

    [Theory]
    [MemberData(nameof(HelpPages.Names), MemberType = typeof(HelpPages))]
    public void The_syntax_has_the_parameter_sets_that_are_there(string cmdlet)
    {
        IEnumerable<string> actual = Command(cmdlet).ParameterSets.Select(set => Line(
            set.Name == ParameterAttribute.AllParameterSets ? "(All)" : set.Name,
            set.IsDefault && set.Name != ParameterAttribute.AllParameterSets,
            set.Parameters
                .Where(parameter => !CommonParameters.Contains(parameter.Name) && !IsHidden(parameter.Attributes))
                .Select(static parameter => parameter.Name)));
        Assert.Equal(actual.Order(StringComparer.Ordinal), HelpPages.Cmdlets[cmdlet].Syntax.Select(syntax =>
            Line(syntax.Set, syntax.IsDefault, syntax.Parameters.Select(static parameter => parameter.Name))).Order(StringComparer.Ordinal));

        static string Line(string set, bool isDefault, IEnumerable<string> parameters) =>
            $"{set} {isDefault} {string.Join(" ", parameters.Order(StringComparer.Ordinal))}";
    }

    [Theory]
    [MemberData(nameof(HelpPages.Names), MemberType = typeof(HelpPages))]
    public void A_page_says_the_defaults_that_are_there(string cmdlet)
    {
        Type type = Command(cmdlet).ImplementingType;
        object command = Activator.CreateInstance(type)!;
        Assert.All(HelpPages.Cmdlets[cmdlet].Parameters, parameter =>
        {
            if (!parameter.IsRequired && type.GetProperty(parameter.Name)?.GetValue(command) is object value && DefaultInWords(value) is string words)
            {
                Assert.Equal($"{parameter.Name}: {words}", $"{parameter.Name}: {parameter.DefaultValue}");
            }
        });
    }

    [Theory]
    [MemberData(nameof(HelpPages.Names), MemberType = typeof(HelpPages))]
    public void A_page_says_which_parameters_take_wildcards(string cmdlet)
    {
        Type type = Command(cmdlet).ImplementingType;
        Assert.All(HelpPages.Cmdlets[cmdlet].Parameters, parameter => Assert.Equal(
            $"{parameter.Name}: {type.GetProperty(parameter.Name)?.IsDefined(typeof(SupportsWildcardsAttribute), inherit: true) == true}",
            $"{parameter.Name}: {parameter.TakesWildcards}"));
    }

    [Theory]
    [MemberData(nameof(HelpPages.Names), MemberType = typeof(HelpPages))]
    public void A_page_names_the_types_that_come_out(string cmdlet)
    {
        IEnumerable<string> actual = Command(cmdlet).OutputType.Select(static type => type.Name).Where(static name => name != "System.Void");
        Assert.Subset(HelpPages.Cmdlets[cmdlet].Outputs.Select(static type => type.Name).ToHashSet(), actual.ToHashSet());
    }

    [Theory]
    [MemberData(nameof(HelpPages.Names), MemberType = typeof(HelpPages))]
    public void A_page_links_to_pages_that_are_there(string cmdlet) => Assert.All(HelpPages.Cmdlets[cmdlet].Links, link =>
    {
        string name = link.Address[(link.Address.IndexOf("/docs/", StringComparison.Ordinal) + 1)..];
        Assert.True(File.Exists(Path.Combine(Repository.Root, name)), $"{link.Address} is not in the project");
    });

    [Theory]
    [MemberData(nameof(HelpPages.Abouts), MemberType = typeof(HelpPages))]
    public void Code_in_about_pages_uses_parameters_that_are_there(string about)
    {
        string text = File.ReadAllText(Path.Combine(Repository.Root, "docs", "about", about + ".md"));
        string code = string.Concat(text.Split("```").Where(static (_, index) => index % 2 == 1).Select(static block => block["powershell".Length..]));
        ScriptBlockAst script = Parser.ParseInput(code, out _, out ParseError[] errors);
        Assert.Empty(errors);
        Assert.All(
            script.FindAll(static node => node is CommandAst, searchNestedScriptBlocks: true)
                .Cast<CommandAst>()
                .Where(static command => HelpPages.Cmdlets.ContainsKey(command.GetCommandName())),
            static command => Assert.All(command.CommandElements.OfType<CommandParameterAst>(), parameter =>
                Assert.Contains(parameter.ParameterName, HelpPages.Cmdlets[command.GetCommandName()].Parameters.Select(static known => known.Name).Concat(CommonParameters))));
    }

    private CmdletInfo Command(string name) => (CmdletInfo)Run("Get-Command $arguments[0] -Module Truebit", name)[0].BaseObject;

    private ParameterMetadata[] Parameters(string cmdlet) =>
        [.. Command(cmdlet).Parameters.Values.Where(static parameter => !CommonParameters.Contains(parameter.Name))];

    /// <summary>Null for what is given anyway, or is nothing.</summary>
    private static string? DefaultInWords(object value) => value switch
    {
        TimeSpan { Ticks: 0 } => "0",
        TimeSpan { Seconds: 0, TotalMinutes: > 1 } time => $"{time.TotalMinutes} minutes",
        TimeSpan time => $"{time.TotalSeconds} seconds",
        int and >= 1 << 20 => $"{(int)value >> 20}MB",
        SwitchParameter flag => flag.IsPresent.ToString(),
        string { Length: 0 } or Array { Length: 0 } => null,
        _ => value.ToString(),
    };

    private static bool IsHidden(IEnumerable<Attribute> attributes) => attributes.OfType<ParameterAttribute>().Any(static attribute => attribute.DontShow);

    private static string Facts(HelpParameter parameter) => Join(
        parameter.Type,
        [.. parameter.Sets],
        parameter.Aliases,
        parameter.AcceptedValues,
        parameter.IsRequired,
        parameter.Position,
        parameter.PipelineInput);

    private static string Facts(ParameterMetadata parameter, CmdletInfo cmdlet)
    {
        Type type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        Type item = type.GetElementType() ?? type;
        ParameterSetMetadata[] sets = [.. parameter.ParameterSets.Values];
        string[] names = parameter.ParameterSets.ContainsKey(ParameterAttribute.AllParameterSets) ? ["(All)"] : [.. parameter.ParameterSets.Keys];
        bool byName = sets.Any(static set => set.ValueFromPipelineByPropertyName) || IsColumn(parameter, cmdlet);
        bool byValue = sets.Any(static set => set.ValueFromPipeline);
        return Join(
            type.Name,
            names,
            parameter.Aliases,
            parameter.Attributes.OfType<ValidateSetAttribute>().SingleOrDefault()?.ValidValues ?? (item.IsEnum ? Enum.GetNames(item) : []),
            sets.Any(static set => set.IsMandatory),
            sets[0].Position == int.MinValue ? "Named" : sets[0].Position.ToString(),
            (byName, byValue) switch
            {
                (true, true) => "True (ByPropertyName, ByValue)",
                (true, false) => "True (ByPropertyName)",
                (false, true) => "True (ByValue)",
                _ => "False",
            });
    }

    /// <summary>
    /// Cmdlets that take rows read the rows' columns themselves (docs/design.md, "Rows are bound by the module"): for a
    /// user that is input by property name, though the engine does not know of it.
    /// </summary>
    private static bool IsColumn(ParameterMetadata parameter, CmdletInfo cmdlet)
    {
        Type columns = cmdlet.ImplementingType.Assembly.GetType("Truebit.Rows.RowColumns")!;
        object known = columns.GetProperty(cmdlet.Noun == "TruebitFunction" ? "Function" : "Api")!.GetValue(null)!;
        return cmdlet.Parameters.ContainsKey("Row")
            && parameter.Aliases.Prepend(parameter.Name).Any(name => columns.GetMethod("Find")!.Invoke(known, [name]) is not null);
    }

    private static string Join(
        string type, string[] sets, IEnumerable<string> aliases, IEnumerable<string> values, bool isRequired, string position, string pipeline) =>
        $"Type: {type}; Sets: {string.Join(", ", sets.Order(StringComparer.Ordinal))}; Aliases: {string.Join(", ", aliases)};"
            + $" Values: {string.Join(", ", values)}; Required: {isRequired}; Position: {position}; Pipeline: {pipeline}";

    private IReadOnlyList<PSObject> Run(string script, params object[] arguments)
    {
        _engine["arguments"] = arguments;
        return _engine.Ok(script).Output;
    }
}
