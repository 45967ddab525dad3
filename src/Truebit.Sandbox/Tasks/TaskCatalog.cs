namespace Truebit.Sandbox.Tasks;

/// <summary>The tasks of one sandbox, by family and name.</summary>
internal sealed class TaskCatalog
{
    private readonly Dictionary<string, ISandboxTask> _api = new()
    {
        ["sandbox/petstore"] = new PetStoreTask(),
        ["sandbox/echo"] = new EchoTask(),
        ["sandbox/broken"] = new BrokenTask(),
    };

    private readonly Dictionary<string, ISandboxTask> _function = new()
    {
        ["sandbox/echo"] = new FunctionEchoTask(),
        ["sandbox/indeterminate"] = new FunctionFailureTask("Indeterminate"),
        ["sandbox/error"] = new FunctionFailureTask("Error"),
    };

    /// <summary>The built-in tasks, and those with manifests; of one name, the latter.</summary>
    /// <exception cref="ArgumentException">A task's name or manifest is invalid.</exception>
    public TaskCatalog(IReadOnlyDictionary<string, string>? manifests)
    {
        foreach (KeyValuePair<string, string> task in manifests ?? new Dictionary<string, string>())
        {
            if (task.Key.Split('/') is not [{ Length: > 0 }, { Length: > 0 }])
            {
                throw new ArgumentException($"A task is named 'namespace/name', not '{task.Key}'.");
            }

            _api[task.Key] = ManifestTask.Load(task.Value);
        }
    }

    public ISandboxTask Find(TaskKind kind, string name)
    {
        (string family, Dictionary<string, ISandboxTask> tasks) =
            kind == TaskKind.Api ? ("API", _api) : ("function", _function);
        return tasks.TryGetValue(name, out ISandboxTask? task)
            ? task
            : throw new RejectedException(404, $"there is no {family} task {name}, only {string.Join(", ", tasks.Keys)}");
    }
}
