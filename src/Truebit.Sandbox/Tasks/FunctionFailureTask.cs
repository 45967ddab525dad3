namespace Truebit.Sandbox.Tasks;

/// <summary>
/// <c>sandbox/indeterminate</c> and <c>sandbox/error</c>: function tasks that are executed, charged, and end as their names say.
/// What a solution looks like then is not documented; theirs has no output.
/// </summary>
internal sealed class FunctionFailureTask(string status) : ISandboxTask
{
    public Func<TaskOutput> Prepare(Field input) => () => new TaskOutput("\"\""u8.ToArray(), succeeded: false) { Status = status };
}
