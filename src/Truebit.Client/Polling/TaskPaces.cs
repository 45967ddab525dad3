using System.Collections.Concurrent;

namespace Truebit.Client;

/// <summary>The paces of the tasks that a hub runs.</summary>
internal sealed class TaskPaces(HubTimings timings)
{
    private readonly ConcurrentDictionary<(TaskKind, string, string, string?, uint?), TaskPace> _paces = new();

    public TaskPace GetOrAdd(TaskRequest request) =>
        _paces.GetOrAdd((request.Kind, request.Namespace, request.TaskName, request.Label, request.Version), _ => new TaskPace(timings));
}
