using System.Collections.Concurrent;
using System.Text.Json;
using Truebit.Sandbox.Tasks;

namespace Truebit.Sandbox;

/// <summary>Every accepted execution, kept until the sandbox ends.</summary>
internal sealed class Executions
{
    private readonly ConcurrentDictionary<string, Execution> _byId = new(StringComparer.Ordinal);

    public Execution Add(TaskKind kind, string id, JsonElement input, TaskAnswer answer, TimeSpan latency)
    {
        Execution execution = new(kind, id, Replies.Result(kind, id, input, answer), latency);
        _byId[id] = execution;
        return execution;
    }

    public Execution? Find(TaskKind kind, string id) =>
        _byId.TryGetValue(id, out Execution? execution) && execution.Kind == kind ? execution : null;
}
