using System.Text.Json;

namespace Truebit.Sandbox;

/// <summary>The body of a POST to an execute endpoint (truebit-api.md 2.2 and 2.4). Fields it does not know are let pass.</summary>
internal sealed class ExecuteRequest
{
    private ExecuteRequest(string taskNamespace, string taskName, bool isAsync, Field input)
    {
        Namespace = taskNamespace;
        TaskName = taskName;
        IsAsync = isAsync;
        Input = input;
    }

    public string Namespace { get; }

    public string TaskName { get; }

    public bool IsAsync { get; }

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
        Field input = kind == TaskKind.Api ? ReadApiInput(root) : ReadFunctionInput(root);
        return new ExecuteRequest(taskNamespace, taskName, isAsync, input);
    }

    private static Field ReadApiInput(Field root)
    {
        root.Get("executionTimeout").AsUInt32();
        return root.Get("input").AsObject();
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
        root.Find("executionTimeout")?.AsUInt32();
        Field input = root.Get("input");
        input.AsString();
        return input;
    }
}
