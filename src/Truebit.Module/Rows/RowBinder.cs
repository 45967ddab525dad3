using System.Management.Automation;
using System.Text.RegularExpressions;
using Truebit.Client;
using Truebit.Json;

namespace Truebit.Rows;

/// <summary>What the command line says for all rows. Where it speaks, a row's column of the same name is not asked.</summary>
internal sealed record CommandLine
{
    public string? Namespace { get; init; }

    public string? TaskName { get; init; }

    public string? Label { get; init; }

    public uint? Version { get; init; }

    public string? Path { get; init; }

    public string? Method { get; init; }

    public string? Url { get; init; }

    public object? Params { get; init; }

    public object? Body { get; init; }

    public object? Headers { get; init; }

    public object? Input { get; init; }

    public SubmitMode? Mode { get; init; }

    public uint? ExecutionTimeout { get; init; }
}

/// <summary>A row that is ready to be submitted.</summary>
/// <param name="Row">The row itself; null where everything came from the command line.</param>
/// <param name="Request">What to send.</param>
/// <param name="Mode">When it counts as done.</param>
internal sealed record BoundRow(PSObject? Row, TaskRequest Request, SubmitMode Mode)
{
    /// <summary>What is executed, for messages: without parameters, query or headers, which may be secret.</summary>
    public string Target { get; init; } = "";

    /// <summary>The same row with one more header.</summary>
    /// <exception cref="FieldException">It has a header of that name already, or the name is none.</exception>
    public BoundRow WithHeader(string name, string value)
    {
        ApiTaskRequest request = (ApiTaskRequest)Request;
        string? problem = request.Headers.Any(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            ? $"'{name}' is given twice"
            : HeaderRules.CheckName(name);
        return problem is null
            ? this with { Request = request.WithHeader(new RequestHeader(name, new SecretText(value))) }
            : throw new FieldException("Headers", problem);
    }
}

/// <summary>Makes a request of the command line and a row, and checks what can be checked before anything is paid.</summary>
internal sealed class RowBinder(CommandLine command, HeaderResolver headers)
{
    private static readonly Regex Placeholder = new(@"\{([^{}]+)\}", RegexOptions.CultureInvariant);

    private readonly RowReader _reader = new();
    private readonly HashSet<string> _warned = new(StringComparer.Ordinal);
    private RowShape? _lastShape;

    /// <summary>Told once about each column that looks misspelt.</summary>
    public Action<string> Warn { get; init; } = static _ => { };

    /// <summary>The request that the row stands for.</summary>
    /// <exception cref="FieldException">The row cannot be sent; the field and the reason are named.</exception>
    public BoundRow Bind(PSObject? row)
    {
        (RowShape shape, object?[] cells) = _reader.Read(row);
        if (!ReferenceEquals(shape, _lastShape))
        {
            _lastShape = shape;
            shape.Suspicious.FindAll(_warned.Add).ForEach(name => Warn($"The column '{name}' is not used: dotted columns start with params., body. or headers."));
        }

        string owner = Text("Namespace", command.Namespace, shape, cells) ?? throw Missing("Namespace");
        string task = Text("TaskName", command.TaskName, shape, cells) ?? throw Missing("TaskName");
        InputBuilder input = new();
        object? headersGiven = input.AddRaw(command.Input ?? shape.Read("Input", cells));
        string? path = Text("Path", command.Path, shape, cells);
        string? url = Text("Url", command.Url, shape, cells);
        string? method = Method(Text("Method", command.Method, shape, cells));
        input.Add("path", path);
        input.Add("url", CheckUrl(url));
        input.Add("method", method);
        input.AddMerged("params", command.Params ?? shape.Read("Params", cells), shape.Params, cells);
        input.AddMerged("body", command.Body ?? shape.Read("Body", cells), shape.Body, cells);
        Check(input);

        ApiTaskRequest request = new()
        {
            Namespace = owner,
            TaskName = task,
            Label = Text("Label", command.Label, shape, cells),
            Version = command.Version ?? Number("Version", shape, cells),
            ExecutionTimeout = command.ExecutionTimeout ?? Number("ExecutionTimeout", shape, cells),
            Input = input.Members,
            Headers = headers.Resolve([headersGiven, command.Headers ?? shape.Read("Headers", cells)], shape.Headers, cells),
        };
        return new BoundRow(row, request, command.Mode ?? Mode(shape, cells))
        {
            Target = $"{owner}/{task} {input.Text("method")} {input.Text("path")?.Split('?')[0] ?? BareUrl(input.Text("url"))}".TrimEnd(),
        };
    }

    private static string? Text(string field, string? given, RowShape shape, object?[] cells)
    {
        object? value = given ?? shape.Read(field, cells);
        return value is null ? null : PSJson.Text(value) ?? throw new FieldException(field, $"a {value.GetType().Name} is not text");
    }

    private static uint? Number(string field, RowShape shape, object?[] cells) =>
        shape.Read(field, cells) is object value ? Cell.ReadUInt32(value, field) : null;

    private static SubmitMode Mode(RowShape shape, object?[] cells) =>
        shape.Read("Async", cells) is object value
            ? (Cell.Read(value, CellType.Boolean, "Async") is true ? SubmitMode.Async : SubmitMode.Sync)
            : SubmitMode.Wait;

    private static string? Method(string? method) => method is null || method.All(static c => c is (>= 'A' and <= 'Z') or (>= 'a' and <= 'z'))
        ? method?.ToUpperInvariant()
        : throw new FieldException("Method", $"'{method}' is not an HTTP method");

    private static string? CheckUrl(string? url) =>
        url is null || (Uri.TryCreate(url, UriKind.Absolute, out Uri? uri) && uri.Scheme is "http" or "https")
            ? url
            : throw new FieldException("Url", "it is not an absolute http or https address");

    /// <summary>
    /// The raw input may hold any keys (truebit-api.md 3.7); but what is called from columns names an operation,
    /// and a path's placeholders need their values.
    /// </summary>
    private static void Check(InputBuilder input)
    {
        string? path = input.Text("path");
        bool hasUrl = input.Has("url");
        if (path is not null && hasUrl)
        {
            throw new FieldException("Url", "Path and Url exclude each other");
        }

        if (!input.IsRaw && path is null && !hasUrl)
        {
            throw new FieldException("Path", "it is missing; give -Path, -Url or -InputObject, or a column of that name");
        }

        if (!input.IsRaw && !input.Has("method"))
        {
            throw new FieldException("Method", "it is missing; give -Method or a column 'Method'");
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
                        : $"the path's placeholder '{{{name}}}' has no value; '{near}' differs by case");
            }
        }
    }

    /// <summary>The address without user, query and fragment, which may be secret.</summary>
    private static string? BareUrl(string? url) => Uri.TryCreate(url, UriKind.Absolute, out Uri? uri)
        ? uri.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped)
        : null;

    private static FieldException Missing(string field) => new(field, $"it is missing; give -{field} or a column '{field}'");
}
