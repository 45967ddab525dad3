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

    public ISandboxTask Find(TaskKind kind, string name)
    {
        (string family, Dictionary<string, ISandboxTask> tasks) =
            kind == TaskKind.Api ? ("API", _api) : ("function", _function);
        return tasks.TryGetValue(name, out ISandboxTask? task)
            ? task
            : throw new RejectedException(404, $"there is no {family} task {name}, only {string.Join(", ", tasks.Keys)}");
    }
}
