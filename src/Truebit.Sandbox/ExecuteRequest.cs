using System.Text.Json;

namespace Truebit.Sandbox;

/// <summary>The body of a POST to an execute endpoint (truebit-api.md 2.2 and 2.4). Fields it does not know are let pass.</summary>
internal sealed class ExecuteRequest
{
    private ExecuteRequest(string taskNamespace, string taskName, bool isAsync, uint? executionTimeout, Field input)
    {
        ExecutionTimeout = executionTimeout;
        Namespace = taskNamespace;
        TaskName = taskName;
        IsAsync = isAsync;
        Input = input;
    }

    public string Namespace { get; }

    public string TaskName { get; }

    public bool IsAsync { get; }

    /// <summary>As it was sent; null where a function task has none.</summary>
    public uint? ExecutionTimeout { get; }

    public Field Input { get; }

    public static ExecuteRequest Read(TaskKind kind, JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            throw new RejectedException(400, "the body must be an object");
        }

        Field root = new("", body);
        string taskNamespace = root.Get("namespace").AsString();
        string taskName = root.Get("taskName").AsString();
        root.Find("label")?.AsString();
        root.Find("version")?.AsUInt32();
        bool isAsync = root.Get("async").AsBoolean();
        uint? timeout = (kind == TaskKind.Api ? root.Get("executionTimeout") : root.Find("executionTimeout"))?.AsUInt32();
        Field input = kind == TaskKind.Api ? root.Get("input").AsObject() : ReadFunctionInput(root);
        return new ExecuteRequest(taskNamespace, taskName, isAsync, timeout, input);
    }

    private static Field ReadFunctionInput(Field root)
    {
        uint total = root.Get("totalSolutions").AsUInt32();
        uint required = root.Get("requiredSolutions").AsUInt32();
        if (required > total)
        {
            throw new RejectedException(400, $"requiredSolutions must be at most totalSolutions ({total}), but is {required}");
        }

        root.Get("taskRequesterTimestamp").AsUInt32();
        root.Find("gasLimit")?.AsString();
        Field input = root.Get("input");
        input.AsString();
        return input;
    }
}
