using System.Text;

namespace Truebit.Sandbox.Tasks;

/// <summary><c>sandbox/echo</c> of the function tasks: gives the input text back.</summary>
internal sealed class FunctionEchoTask : ISandboxTask
{
    public Func<TaskAnswer> Prepare(Field input) =>
        () => new TaskAnswer(Encoding.UTF8.GetBytes(input.Value.GetRawText()), succeeded: true);
}
