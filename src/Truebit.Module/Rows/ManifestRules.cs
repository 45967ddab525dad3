using System.Management.Automation;
using System.Text.Json;
using Truebit.Client;
using Truebit.Json;
using Truebit.Manifest;

namespace Truebit.Rows;

/// <summary>The rules of a task's manifest for rows.</summary>
internal sealed class ManifestRules(TaskManifest manifest) : IRowRules
{
    private const int MostNamed = 20;

    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = JsonLimits.MaxDepth };

    /// <summary>Reads a manifest for -Manifest.</summary>
    /// <param name="given">As the parameter gives it.</param>
    /// <param name="resolve">Makes a path of PowerShell one of the file system.</param>
    /// <param name="warn">Called with a warning if parts of it are not checked.</param>
    /// <exception cref="ErrorException">It is not a manifest, or uses something that is not supported.</exception>
    public static ManifestRules Load(object given, Func<string, string> resolve, Action<string> warn)
    {
        ManifestContent content = ManifestContent.Of(given, resolve, warn);
        TaskManifest manifest = Guard(() =>
            content.Path is string path ? TaskManifest.Load(path) : content.Text is string text ? TaskManifest.Read(text) : TaskManifest.Read(content.Bytes!));
        if (manifest.Unknown.Count > 0)
        {
            warn($"The manifest has {manifest.Unknown.Count} keywords that its version of OpenAPI does not have, or that are not supported. They are not checked. The first: {manifest.Unknown[0]}.");
        }

        return new ManifestRules(manifest);
    }

    /// <summary>Example rows for one operation, or for all.</summary>
    /// <param name="operation">Its operationId, or method and path; null for all.</param>
    /// <param name="warn">Called for each operation that has no row among all; of one, that is an error.</param>
    /// <exception cref="ErrorException">The manifest has no such operation, or uses something that is not supported.</exception>
    public IReadOnlyList<IReadOnlyList<KeyValuePair<string, string>>> ExampleRows(string? operation, Action<string> warn)
    {
        if (operation is null)
        {
            return Guard(() => TaskManifest.ExampleRows(manifest.Operations, warn));
        }

        ManifestOperation named = manifest.Named(operation) ?? throw new ErrorException(
            "OperationNotFound", ErrorCategory.ObjectNotFound, $"The manifest has no operation '{operation}'; it has {Names()}.");
        return Guard(() => TaskManifest.ExampleRows([named], leftOut: null));
    }

    /// <summary>The operations by their ids, or by method and path.</summary>
    public IEnumerable<string> Operations => manifest.Operations.Select(static operation => operation.Id ?? operation.ToString());

    /// <summary>An answer of each operation, as JSON. Where one cannot be made, it is left out.</summary>
    public IEnumerable<string> ExampleAnswers
    {
        get
        {
            foreach (ManifestOperation operation in manifest.Operations)
            {
                string? answer = null;
                try
                {
                    answer = operation.ExampleAnswer();
                }
                catch (ManifestException)
                {
                    // The operation's own problem; it is told where the operation is used.
                }

                if (answer is not null)
                {
                    yield return answer;
                }
            }
        }
    }

    public ICallRules ForCall(string? method, string? path) => new CallRules(Guard(() => manifest.Find(method, path)));

    private string Names() => $"{string.Join(", ", manifest.Operations.Take(MostNamed))}{(manifest.Operations.Count > MostNamed ? ", ..." : "")}";

    private static T Guard<T>(Func<T> part)
    {
        try
        {
            return part();
        }
        catch (ManifestException e)
        {
            throw new ErrorException("InvalidManifest", ErrorCategory.InvalidData, e.Message);
        }
    }

    private static TruebitTaskProblem Problem(ManifestProblem problem) => new(problem.Field, problem.Rule, problem.Expected, problem.Found);

    private sealed class CallRules(ManifestCall call) : ICallRules
    {
        public string? Operation => call.Operation?.ToString();

        public object? ReadText(string field, string text, List<TruebitTaskProblem> problems)
        {
            string? json = call.ReadText(field, text, out ManifestProblem? problem);
            if (problem is not null)
            {
                problems.Add(Problem(problem));
            }

            return json switch
            {
                null => text,
                "true" => true,
                "false" => false,
                _ when json.TrimStart()[0] is '{' or '[' => Cell.Read(json, CellType.Json, field),
                _ => new RawJson(json),
            };
        }

        public IEnumerable<TruebitTaskProblem> Check(ApiTaskRequest request)
        {
            using JsonDocument? parameters = Member(request, "params");
            using JsonDocument? body = Member(request, "body");
            return Guard(() => call.Check(
                    parameters?.RootElement, body?.RootElement, request.Headers.Select(static header => new KeyValuePair<string, string>(header.Name, header.Value.Reveal()))))
                .Select(Problem);
        }

        private static JsonDocument? Member(ApiTaskRequest request, string name)
        {
            InputMember member = request.Input.FirstOrDefault(member => member.Name == name);
            return member.Name is null ? null : JsonDocument.Parse(member.Json, Deep);
        }
    }
}
