using System.Text.RegularExpressions;

namespace Truebit.Manifest.Calls;

/// <summary>A path with <c>{placeholders}</c> in it.</summary>
internal sealed class PathTemplate
{
    private static readonly Regex Placeholder = new(@"\{([^{}]+)\}", RegexOptions.CultureInvariant);

    private readonly Regex _pattern;

    public PathTemplate(string path)
    {
        Names = [.. Placeholders(path)];
        string[] literals = Parts(path).Where(static (_, index) => index % 2 == 0).Select(Regex.Escape).ToArray();
        _pattern = new Regex($@"\A{string.Join("([^/?]+)", literals)}\z", RegexOptions.CultureInvariant);
    }

    /// <summary>The placeholders in their order.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>What stands in a row's path where this one has its placeholders; null where the paths differ.</summary>
    public string[]? Match(string path) => _pattern.Match(path) is { Success: true } match
        ? [.. match.Groups.Cast<Group>().Skip(1).Select(static group => group.Value)]
        : null;

    /// <summary>The names of the placeholders of a path and its query.</summary>
    public static IEnumerable<string> Placeholders(string path) => Parts(path).Where(static (_, index) => index % 2 == 1);

    /// <summary>Takes a text of a row's path apart: literals and the names of placeholders in turn, a literal first.</summary>
    public static string[] Parts(string text) => Placeholder.Split(text);
}
