namespace Truebit.Sandbox.Tasks;

/// <summary>What a task's target or function answered: its output as JSON, and whether that is a success.</summary>
internal sealed class TaskOutput(byte[] output, bool succeeded)
{
    public byte[] Output => output;

    public bool Succeeded => succeeded;

    /// <summary>The hub's word for how the execution ended (truebit-api.md 5).</summary>
    public string Status { get; init; } = succeeded ? "Success" : "Error";
}
