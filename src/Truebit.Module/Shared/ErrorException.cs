using System.Management.Automation;
using Truebit.Client;

namespace Truebit;

/// <summary>An error of the module, with the id and the category that PowerShell shows.</summary>
public sealed class ErrorException : TruebitException
{
    internal ErrorException(string errorId, ErrorCategory category, string message)
        : base(errorId, message) => Category = category;

    /// <summary>PowerShell's category.</summary>
    public ErrorCategory Category { get; }
}
