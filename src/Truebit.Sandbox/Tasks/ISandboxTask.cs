namespace Truebit.Sandbox.Tasks;

/// <summary>A task that the sandbox can execute.</summary>
internal interface ISandboxTask
{
    /// <summary>
    /// Checks the input and gives back the work, which is done only once the execution is paid for. What is wrong with
    /// the input is thrown here as a <see cref="RejectedException"/>; the work itself does not fail.
    /// </summary>
    Func<TaskOutput> Prepare(Field input);
}
