using Truebit.Manifest.Schemas;

namespace Truebit.Manifest.Calls;

/// <summary>Finds the operation for a row's method and path, and which parameter each placeholder of the path gives a value to.</summary>
internal static class CallFinder
{
    private const int MostNamed = 12;

    /// <param name="operations">The manifest's.</param>
    /// <param name="method">In upper case; empty where the call names none.</param>
    /// <param name="path">With its query; empty where the call names none.</param>
    public static ManifestCall Find(IReadOnlyList<ManifestOperation> operations, string method, string path)
    {
        string[] halves = path.Split(['?'], 2);
        string[] segments = halves[0].Split('/');
        string[] query = halves.Length == 2 ? halves[1].Split(['&'], StringSplitOptions.RemoveEmptyEntries) : [];

        // A path with a query of its own goes before one without, a path without placeholders before one with (OpenAPI 3.0.3, 4.7.8.2), and
        // of two that differ in the names of their placeholders only, the one that the row spells.
        List<Found> alike =
        [
            .. operations.Select(operation => new Found(operation, operation.Template.Match(segments)!, operation.Template.MatchQuery(query)!))
                .Where(static found => found.Values is not null && found.Query is not null)
                .OrderByDescending(static found => found.Operation.Template.QueryLength)
                .ThenBy(static found => found.Values.Length)
                .ThenByDescending(found => found.Operation.Template.Bare == halves[0]),
        ];

        // One without a method stands for all methods of a path that cannot be followed.
        if ((alike.Find(found => found.Operation.Method == method) ?? alike.Find(static found => found.Operation.Method.Length == 0)) is not Found found)
        {
            return new ManifestCall(null, [], [], [NotFound(operations, [.. alike.Select(static found => found.Operation)], method, path)]);
        }

        (ManifestOperation chosen, string[] values, string[] rest) = found;
        List<ParameterUse> uses = [];
        for (int index = 0; index < values.Length; index++)
        {
            string name = chosen.Template.Names[index];
            uses.Add(new ParameterUse(chosen.Rules.Path.TryGetValue(name, out Parameter? parameter) ? parameter : Parameter.Undeclared(name), values[index]));
        }

        List<ManifestProblem> problems = [];
        AddQuery(chosen, rest, uses, problems);
        return new ManifestCall(chosen, PathTemplate.Placeholders(path), uses, problems);
    }

    private static void AddQuery(ManifestOperation operation, string[] query, List<ParameterUse> uses, List<ManifestProblem> problems)
    {
        HashSet<string> given = new(StringComparer.Ordinal);
        foreach (string[] pair in query.Select(static part => part.Split(['='], 2)))
        {
            string key = Uri.UnescapeDataString(pair[0]);
            if (operation.Rules.Query.TryGetValue(key, out Parameter? parameter))
            {
                given.Add(key);
                uses.Add(new ParameterUse(parameter, pair.Length == 2 ? pair[1] : ""));
            }
            else if (!operation.Rules.TakesAnyQuery)
            {
                string known = operation.Rules.Query.Count == 0 ? "without a query" : $"with no query but {string.Join(", ", operation.Rules.Query.Keys)}";
                problems.Add(new ManifestProblem("path", "known", known, $"with '{JsonValue.Cut(key)}'"));
            }
        }

        foreach (Parameter missing in operation.Rules.Query.Values.Where(parameter => parameter.IsRequired && !given.Contains(parameter.Name)))
        {
            problems.Add(new ManifestProblem($"params.{missing.Name}", "required", $"in the path's query, as {missing.Name}={{{missing.Name}}}", null));
        }
    }

    private static ManifestProblem NotFound(IReadOnlyList<ManifestOperation> all, List<ManifestOperation> alike, string method, string path)
    {
        if (path.Length == 0)
        {
            return new ManifestProblem("path", "operation", "a path of the manifest", null);
        }

        return alike.Count > 0
            ? new ManifestProblem("method", "operation", string.Join(" or ", alike.Select(static operation => operation.Method).Distinct()), method.Length == 0 ? null : method)
            : new ManifestProblem(
                "path",
                "operation",
                $"of one of the operations {string.Join(", ", all.Take(MostNamed))}{(all.Count > MostNamed ? ", ..." : "")}",
                $"'{JsonValue.Cut(path.Split('?')[0])}'");
    }

    private sealed record Found(ManifestOperation Operation, string[] Values, string[] Query);
}
