namespace Truebit.Sandbox.Tasks;

/// <summary>What a task's target or function answered: its output as JSON, and whether that is a success.</summary>
internal sealed class TaskAnswer(byte[] output, bool succeeded)
{
    public byte[] Output => output;

    public bool Succeeded => succeeded;
}
