using System.Collections.Concurrent;
using System.Text.Json;
using Truebit.Sandbox.Tasks;

namespace Truebit.Sandbox;

/// <summary>Every accepted execution, kept until the sandbox ends.</summary>
internal sealed class Executions
{
    private readonly ConcurrentDictionary<string, Execution> _byId = new(StringComparer.Ordinal);

    public Execution Add(SandboxCharge charge, JsonElement input, TaskOutput answer, TimeSpan latency)
    {
        charge.OutputBytes = answer.Output.Length;
        Execution execution = new(charge, ResponseBody.Result(charge.Kind, charge.ExecutionId, input, answer), latency);
        _byId[execution.Id] = execution;
        return execution;
    }

    public Execution? Find(string id) => _byId.TryGetValue(id, out Execution? execution) ? execution : null;

    public Execution? Find(TaskKind kind, string id) => Find(id) is Execution execution && execution.Kind == kind ? execution : null;
}
