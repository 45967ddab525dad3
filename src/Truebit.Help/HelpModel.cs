namespace Truebit.Help;

/// <summary>A parameter set, and its parameters in the order of the syntax.</summary>
internal sealed record HelpSyntax(string Set, bool IsDefault, IReadOnlyList<HelpParameter> Parameters);

/// <summary>An example.</summary>
/// <param name="Title">With its number.</param>
/// <param name="Code">What the user types.</param>
/// <param name="Output">What the user sees then, where the page shows it.</param>
/// <param name="Remarks">The text below the code.</param>
internal sealed record HelpExample(string Title, string Code, string? Output, IReadOnlyList<string> Remarks);

/// <summary>What goes in, or comes out.</summary>
internal sealed record HelpType(string Name, IReadOnlyList<string> Text);

/// <summary>A related page.</summary>
internal sealed record HelpLink(string Text, string Address);

/// <summary>A parameter, as its page describes it.</summary>
internal sealed record HelpParameter(string Name, IReadOnlyList<string> Text)
{
    public required string Type { get; init; }

    public required IReadOnlyList<string> Sets { get; init; }

    public required IReadOnlyList<string> Aliases { get; init; }

    public required IReadOnlyList<string> AcceptedValues { get; init; }

    public required bool IsRequired { get; init; }

    public required string Position { get; init; }

    public required string DefaultValue { get; init; }

    public required string PipelineInput { get; init; }

    public required bool TakesWildcards { get; init; }

    public bool IsSwitch => Type == "SwitchParameter";
}
