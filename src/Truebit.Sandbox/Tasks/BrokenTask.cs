namespace Truebit.Sandbox.Tasks;

/// <summary><c>sandbox/broken</c>: the hub itself fails, and charges nothing.</summary>
internal sealed class BrokenTask : ISandboxTask
{
    public Func<TaskOutput> Prepare(Field input) => throw new RejectedException(500, "Internal server error");
}
