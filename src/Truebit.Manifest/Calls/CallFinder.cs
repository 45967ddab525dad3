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

        // A path without placeholders goes before one with (OpenAPI 3.0.3, 4.7.8.2).
        List<(ManifestOperation Operation, string[] Values)> alike =
        [
            .. operations.Select(operation => (Operation: operation, Values: operation.Template.Match(halves[0])!))
                .Where(static found => found.Values is not null)
                .OrderBy(static found => found.Values.Length),
        ];
        (ManifestOperation? chosen, string[] values) = alike.Find(found => found.Operation.Method == method);
        if (chosen is null)
        {
            return new ManifestCall(null, [], [], [NotFound(operations, [.. alike.Select(static found => found.Operation)], method, path)]);
        }

        List<ParameterUse> uses = [];
        for (int index = 0; index < values.Length; index++)
        {
            string name = chosen.Template.Names[index];
            uses.Add(new ParameterUse(chosen.Rules.Path.TryGetValue(name, out Parameter? parameter) ? parameter : Parameter.Undeclared(name), values[index]));
        }

        List<ManifestProblem> problems = [];
        AddQuery(chosen, halves.Length == 2 ? halves[1] : "", uses, problems);
        return new ManifestCall(chosen, PathTemplate.Placeholders(path), uses, problems);
    }

    private static void AddQuery(ManifestOperation operation, string query, List<ParameterUse> uses, List<ManifestProblem> problems)
    {
        HashSet<string> given = new(StringComparer.Ordinal);
        foreach (string[] pair in query.Split(['&'], StringSplitOptions.RemoveEmptyEntries).Select(static part => part.Split(['='], 2)))
        {
            string key = Uri.UnescapeDataString(pair[0]);
            if (operation.Rules.Query.TryGetValue(key, out Parameter? parameter))
            {
                given.Add(key);
                uses.Add(new ParameterUse(parameter, pair.Length == 2 ? pair[1] : ""));
            }
            else
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
}
