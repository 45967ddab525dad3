using System.Management.Automation;
using Truebit.Client;

namespace Truebit.Commands;

/// <summary>The base of all cmdlets of the module: an error of the module ends the command with its own id.</summary>
public abstract class TruebitCmdlet : PSCmdlet
{
    /// <summary>Runs <paramref name="step"/>. An error of the module in it is thrown as a terminating error.</summary>
    /// <param name="step">A part of the command without which it cannot go on.</param>
    /// <param name="target">The error's TargetObject.</param>
    private protected T OrThrowTerminating<T>(Func<T> step, object? target = null)
    {
        try
        {
            return step();
        }
        catch (TruebitException e)
        {
            ThrowTerminatingError(Errors.ToErrorRecord(e, target));
            throw;
        }
    }

    /// <inheritdoc cref="OrThrowTerminating{T}(Func{T}, object?)"/>
    private protected void OrThrowTerminating(Action step, object? target = null) => OrThrowTerminating<object?>(
        () =>
        {
            step();
            return null;
        },
        target);
}
