using System.Text.RegularExpressions;

namespace Truebit.Manifest.Calls;

/// <summary>A path of the manifest with <c>{placeholders}</c> in it, and perhaps a query of its own: <c>/orders/{id}?beta=true</c>.</summary>
internal sealed class PathTemplate
{
    private static readonly Regex Placeholder = new(@"\{([^{}]+)\}", RegexOptions.CultureInvariant);

    /// <summary>The parts between slashes, each as <see cref="Parts"/>.</summary>
    private readonly string[][] _segments;

    private readonly string[] _query;

    public PathTemplate(string path)
    {
        string[] halves = path.Split(['?'], 2);
        _segments = [.. halves[0].Split('/').Select(Parts)];
        _query = halves.Length == 2 ? halves[1].Split(['&'], StringSplitOptions.RemoveEmptyEntries) : [];
        Bare = halves[0];
        Names = [.. Placeholders(halves[0])];
        HasNeighbours = _segments.Any(static parts => parts.Where((literal, index) => index % 2 == 0 && index > 0 && index < parts.Length - 1 && literal.Length == 0).Any());
    }

    /// <summary>The path without its query.</summary>
    public string Bare { get; }

    /// <summary>The placeholders in their order.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Whether two placeholders stand side by side, so that nobody knows where one ends.</summary>
    public bool HasNeighbours { get; }

    /// <summary>How many parts of a query belong to the path itself.</summary>
    public int QueryLength => _query.Length;

    /// <summary>What stands in a row's path where this one has its placeholders; null where the paths differ.</summary>
    /// <param name="segments">What stands between the slashes of the row's path, without its query.</param>
    public string[]? Match(string[] segments)
    {
        List<string> values = [];
        return segments.Length == _segments.Length && !segments.Where((segment, index) => !Match(_segments[index], segment, values)).Any() ? [.. values] : null;
    }

    /// <summary>The parts of a row's query but for those that belong to this path; null where one of these is missing.</summary>
    public string[]? MatchQuery(string[] query)
    {
        List<string> rest = [.. query];
        return _query.All(rest.Remove) ? [.. rest] : null;
    }

    /// <summary>The names of the placeholders of a path and its query.</summary>
    public static IEnumerable<string> Placeholders(string path) => Parts(path).Where(static (_, index) => index % 2 == 1);

    /// <summary>Takes a text of a row's path apart: literals and the names of placeholders in turn, a literal first.</summary>
    public static string[] Parts(string text) => Placeholder.Split(text);

    /// <summary>
    /// Finds the literals from the end on, each as far to the right as it can stand. So the first placeholders take as much as they can, as
    /// they would with a regular expression, but in a time in proportion to the text.
    /// </summary>
    private static bool Match(string[] parts, string text, List<string> values)
    {
        if (parts.Length == 1)
        {
            return parts[0] == text;
        }

        int end = text.Length - parts[parts.Length - 1].Length;
        if (!text.StartsWith(parts[0], StringComparison.Ordinal) || !text.EndsWith(parts[parts.Length - 1], StringComparison.Ordinal) || end <= parts[0].Length)
        {
            return false;
        }

        List<string> found = [];
        for (int index = parts.Length - 3; index > 0; index -= 2)
        {
            // A placeholder has one character at least.
            int last = end - 1 - parts[index].Length;
            int at = last <= parts[0].Length ? -1 : text.LastIndexOf(parts[index], last + parts[index].Length - 1, StringComparison.Ordinal);
            if (at <= parts[0].Length)
            {
                return false;
            }

            found.Insert(0, text.Substring(at + parts[index].Length, end - at - parts[index].Length));
            end = at;
        }

        values.Add(text.Substring(parts[0].Length, end - parts[0].Length));
        values.AddRange(found);
        return true;
    }
}
