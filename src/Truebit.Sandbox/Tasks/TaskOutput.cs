namespace Truebit.Sandbox.Tasks;

/// <summary>What a task's target or function answered: its output as JSON, and whether that is a success.</summary>
internal sealed class TaskOutput(byte[] output, bool succeeded)
{
    public byte[] Output => output;

    public bool Succeeded => succeeded;

    /// <summary>What is there of an execution that ran out of its executionTimeout. How the hub says it is not documented.</summary>
    public static TaskOutput TimedOut(TaskKind kind) => kind == TaskKind.Api
        ? new TaskOutput(ResponseBody.Message("the execution ran out of its executionTimeout"), succeeded: false)
        : new TaskOutput("\"\""u8.ToArray(), succeeded: false) { Status = "Indeterminate" };

    /// <summary>The hub's word for how the execution ended (truebit-api.md 5).</summary>
    public string Status { get; init; } = succeeded ? "Success" : "Error";
}
