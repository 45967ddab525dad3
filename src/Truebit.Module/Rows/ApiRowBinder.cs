using System.Text.RegularExpressions;
using Truebit.Client;
using Truebit.Headers;
using Truebit.Json;

namespace Truebit.Rows;

/// <summary>Makes requests for API tasks.</summary>
internal sealed class ApiRowBinder(GivenTask task, GivenCall given, HeaderResolver headers) : RowBinder(RowColumns.Api, task)
{
    private static readonly Regex Placeholder = new(@"\{([^{}]+)\}", RegexOptions.CultureInvariant);

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

    private protected override BoundRequest CreateRequest(RowCells row)
    {
        string owner = Namespace(row);
        string name = TaskName(row);
        InputBuilder input = new();
        object? headersGiven = input.AddRaw(given.Input ?? row.Read("Input"));
        string? path = row.Text("Path", given.Path);
        string? url = row.Text("Url", given.Url);
        string? method = Method(row.Text("Method", given.Method));
        input.Add("path", path);
        input.Add("url", CheckUrl(url));
        input.Add("method", method);
        ICallRules? rules = Rules?.ForCall(input.Text("method"), input.Text("path"));
        List<TruebitTaskProblem> problems = ReadTexts(rules, row);
        input.AddMerged("params", given.Params ?? row.Read("Params"), row.Shape.Tree("Params"), row.Cells);
        input.AddMerged("body", given.Body ?? row.Read("Body"), row.Shape.Tree("Body"), row.Cells);
        Check(input);

        ApiTaskRequest request = new()
        {
            Namespace = owner,
            TaskName = name,
            Label = Label(row),
            Version = Version(row),
            ExecutionTimeout = ExecutionTimeout(row),
            Input = input.Members,
            Headers = headers.Resolve([headersGiven, given.Headers ?? row.Read("Headers")], row.Shape.Headers, row.Cells),
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
        : throw new FieldException("Method", $"'{method}' is not an HTTP method");

    private static string? CheckUrl(string? url) =>
        url is null || (Uri.TryCreate(url, UriKind.Absolute, out Uri? uri) && uri.Scheme is "http" or "https")
            ? url
            : throw new FieldException("Url", "the value is not an absolute http or https address");

    /// <summary>
    /// A whole input may have any keys (truebit-api.md 3.7), but columns must name an operation, and placeholders in the path need
    /// values.
    /// </summary>
    private static void Check(InputBuilder input)
    {
        string? path = input.Text("path");
        bool hasUrl = input.Has("url");
        if (path is not null && hasUrl)
        {
            throw new FieldException("Url", "Path and Url cannot be used together");
        }

        if (!input.IsRaw && path is null && !hasUrl)
        {
            throw new FieldException("Path", "no value; give -Path, -Url or -InputObject, or a column of that name");
        }

        if (!input.IsRaw && !input.Has("method"))
        {
            throw new FieldException("Method", "no value; give -Method or a column 'Method'");
        }

        if (path is null || path.IndexOf('{') < 0)
        {
            return;
        }

        foreach (Match match in Placeholder.Matches(path))
        {
            string name = match.Groups[1].Value;
            if (!input.ParamNames.Contains(name))
            {
                string? near = input.ParamNames.FirstOrDefault(other => other.Equals(name, StringComparison.OrdinalIgnoreCase));
                throw new FieldException(
                    "Params",
                    near is null
                        ? $"the path's placeholder '{{{name}}}' has no value; give it in -Params or in a column 'params.{name}'"
                        : $"the path's placeholder '{{{name}}}' has no value; '{near}' differs only in case");
            }
        }
    }

    /// <summary>The address without user, query and fragment, which may be secret.</summary>
    private static string? BareUrl(string? url) => Uri.TryCreate(url, UriKind.Absolute, out Uri? uri)
        ? uri.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped)
        : null;
}
