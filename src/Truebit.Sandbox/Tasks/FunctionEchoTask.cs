using System.Text;

namespace Truebit.Sandbox.Tasks;

/// <summary><c>sandbox/echo</c> of the function tasks: gives the input text back.</summary>
internal sealed class FunctionEchoTask : ISandboxTask
{
    public Func<TaskOutput> Prepare(Field input) =>
        () => new TaskOutput(Encoding.UTF8.GetBytes(input.Value.GetRawText()), succeeded: true);
}
