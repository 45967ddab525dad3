using System.Collections.Concurrent;
using System.Text.Json;
using Truebit.Sandbox.Tasks;

namespace Truebit.Sandbox;

/// <summary>Every accepted execution, kept until the sandbox ends.</summary>
internal sealed class Executions
{
    private readonly ConcurrentDictionary<string, Execution> _byId = new(StringComparer.Ordinal);
    private Execution? _first;

    public Execution Add(SandboxCharge charge, JsonElement input, TaskOutput answer, TimeSpan latency, Fault fault)
    {
        charge.OutputBytes = answer.Output.Length;
        Execution execution = new(charge, ResponseBody.Result(charge.Kind, charge.ExecutionId, input, answer), latency, fault);
        _byId[execution.Id] = execution;
        Interlocked.CompareExchange(ref _first, execution, null);
        return execution;
    }

    /// <summary>The first execution; null where there is none.</summary>
    public Execution? First => _first;

    public Execution? Find(string id) => _byId.TryGetValue(id, out Execution? execution) ? execution : null;

    public Execution? Find(TaskKind kind, string id) => Find(id) is Execution execution && execution.Kind == kind ? execution : null;
}
