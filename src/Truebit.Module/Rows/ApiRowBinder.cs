using System.Text.RegularExpressions;
using Truebit.Client;
using Truebit.Headers;
using Truebit.Json;

namespace Truebit.Rows;

/// <summary>Makes requests for API tasks.</summary>
internal sealed class ApiRowBinder(GivenValues given, IReadOnlyCollection<string> ignored, HeaderResolver headers) : RowBinder(RowColumns.Api, given, ignored)
{
    /// <summary>The rules of the manifest; null without one.</summary>
    public IRowRules? Rules { get; init; }

    /// <summary>The same row with one more header.</summary>
    /// <exception cref="FieldException">The row already has this header, or the name is not valid.</exception>
    public static BoundRow AddHeader(BoundRow row, string name, string value)
    {
        ApiTaskRequest request = (ApiTaskRequest)row.Request;
        string? problem = request.Headers.Any(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            ? $"'{name}' is given twice"
            : HeaderRules.CheckName(name);
        return problem is null
            ? row with { Request = request.WithHeader(new RequestHeader(name, new SecretText(value))) }
            : throw new FieldException("Headers", problem);
    }

    public override void CheckGiven()
    {
        base.CheckGiven();
        if (!RowScript.Is(Given["Method"]))
        {
            Method(PSJson.Text(Given["Method"]) is { Length: > 0 } method ? method : null);
        }

        if (!RowScript.Is(Given["Headers"]))
        {
            headers.Resolve([Given["Headers"]], [], []);
        }
    }

    private protected override BoundRequest CreateRequest(RowCells row)
    {
        string owner = Required(row, "Namespace");
        string name = Required(row, "TaskName");
        InputBuilder input = new();
        object? headersGiven = input.AddRaw(row.Value("Input"));
        input.Add("path", row.Text("Path"));
        input.Add("url", CheckUrl(row.Text("Url")));
        input.Add("method", Method(row.Text("Method")));
        ICallRules? rules = Rules?.ForCall(input.Text("method"), input.Text("path"));
        List<TruebitTaskProblem> problems = ReadTexts(rules, row);
        object? body = row.Value("Body");
        WarnOfJsonText(body, rules);
        input.AddMerged("params", row.Value("Params"), row.Shape.Tree("Params"), row.Cells);
        input.AddMerged("body", body, row.Shape.Tree("Body"), row.Cells);
        if (!input.IsRaw)
        {
            Check(input, row, hasRules: rules is not null);
        }

        ApiTaskRequest request = new()
        {
            Namespace = owner,
            TaskName = name,
            Label = row.Text("Label"),
            Version = row.Number("Version"),
            ExecutionTimeout = row.Number("ExecutionTimeout"),
            Input = input.Members,
            Headers = headers.Resolve([headersGiven, row.Value("Headers")], row.Shape.Headers, row.Cells),
        };
        problems.AddRange(rules?.Check(request) ?? []);
        string call = $"{input.Text("method")} {input.Text("path")?.Split('?')[0] ?? BareUrl(input.Text("url"))}";
        return new BoundRequest(request, call, rules?.Operation, problems);
    }

    /// <summary>Converts the cells of untyped columns to the types that the manifest requires.</summary>
    private static List<TruebitTaskProblem> ReadTexts(ICallRules? rules, RowCells row)
    {
        List<TruebitTaskProblem> problems = [];
        foreach (Column column in rules is null ? [] : row.Shape.Untyped)
        {
            if (PSJson.Unwrap(row.Cells[column.Index]) is string { Length: > 0 } text)
            {
                row.Cells[column.Index] = rules!.ReadText(column.Field, text, problems);
            }
        }

        return problems;
    }

    private static string? Method(string? method) => method is null || method.All(static c => c is (>= 'A' and <= 'Z') or (>= 'a' and <= 'z'))
        ? method?.ToUpperInvariant()
        : throw new FieldException("Method", $"'{method}' is not an HTTP method, such as GET or POST");

    private static string? CheckUrl(string? url) =>
        url is null || (Uri.TryCreate(url, UriKind.Absolute, out Uri? uri) && uri.Scheme is "http" or "https")
            ? url
            : throw new FieldException("Url", "the value must begin with https:// or http://, such as https://api.example.com/orders");

    /// <summary>Columns must name an operation, and the path's placeholders need values. A raw input passes as it is (truebit-api.md 3.7).</summary>
    private static void Check(InputBuilder input, RowCells row, bool hasRules)
    {
        string? path = input.Text("path");
        if (path is not null && input.Has("url"))
        {
            throw new FieldException("Url", "Path and Url cannot be used together");
        }

        if (path is null && !input.Has("url"))
        {
            throw row.Missing("Path", "no value; give -Path, -Url or -InputObject, or a column of that name");
        }

        if (!input.Has("method"))
        {
            throw row.Missing("Method", "no value; give -Method or a column 'Method'");
        }

        if (path?.IndexOf('{') is null or < 0 && input.ParamNames.Count + input.EmptyParamNames.Count == 0)
        {
            return;
        }

        HashSet<string> placeholders = new(Patterns.Placeholder.Matches(path ?? "").Cast<Match>().Select(static match => match.Groups[1].Value), StringComparer.Ordinal);
        foreach (string name in placeholders.Where(name => !input.ParamNames.Contains(name)))
        {
            string? near = input.ParamNames.FirstOrDefault(other => other.Equals(name, StringComparison.OrdinalIgnoreCase));
            throw input.EmptyParamNames.Contains(name)
                ? new FieldException($"params.{name}", $"the path's placeholder '{{{name}}}' has an empty value")
                : near is not null
                ? new FieldException("Params", $"the path's placeholder '{{{name}}}' has no value; '{near}' differs only in case, so write '{name}'")
                : new FieldException("Params", $"the path's placeholder '{{{name}}}' has no value; give it in -Params or in a column 'params.{name}'");
        }

        // With a manifest, its rules say which parameters there are.
        if (!hasRules && input.ParamNames.Concat(input.EmptyParamNames).FirstOrDefault(name => !placeholders.Contains(name)) is string surplus)
        {
            throw new FieldException(
                $"params.{surplus}", $"the path has no {{{surplus}}}. Put query parameters into the path, as in /list?{surplus}={{{surplus}}}");
        }
    }

    /// <summary>The commonest habit, <c>-Body ($x | ConvertTo-Json)</c>, sends text, which some targets want and most do not.</summary>
    private void WarnOfJsonText(object? body, ICallRules? rules)
    {
        if (rules is null && PSJson.Unwrap(body) is string text && text.TrimStart().StartsWith("{", StringComparison.Ordinal) && text.TrimEnd().EndsWith("}", StringComparison.Ordinal))
        {
            WarnOnce("Body", "The body is text that looks like JSON, and is sent as a JSON string. To send the object, use ConvertFrom-Json, or name the column 'body:json'.");
        }
    }

    /// <summary>The address without user, query and fragment, which may be secret.</summary>
    private static string? BareUrl(string? url) => Uri.TryCreate(url, UriKind.Absolute, out Uri? uri)
        ? uri.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped)
        : null;

    /// <summary>Made when they are first used: most runs need none, and in a new process each takes milliseconds.</summary>
    private static class Patterns
    {
        public static readonly Regex Placeholder = new(@"\{([^{}]+)\}", RegexOptions.CultureInvariant);
    }
}
