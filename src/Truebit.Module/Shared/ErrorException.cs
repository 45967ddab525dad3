using System.Management.Automation;

namespace Truebit;

/// <summary>An error of the module with the id and the category that PowerShell shows and scripts test for.</summary>
public sealed class ErrorException : Exception
{
    internal ErrorException(string errorId, ErrorCategory category, string message)
        : base(message)
    {
        ErrorId = errorId;
        Category = category;
    }

    /// <summary>The stable name of the cause.</summary>
    public string ErrorId { get; }

    /// <summary>PowerShell's class of errors.</summary>
    public ErrorCategory Category { get; }
}
