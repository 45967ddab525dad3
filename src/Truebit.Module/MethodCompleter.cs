using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace Truebit;

/// <summary>The methods seen in the hub's examples (truebit-api.md 3.1); others may be typed.</summary>
internal sealed class MethodCompleter : IArgumentCompleter
{
    private static readonly string[] Methods = ["GET", "POST", "PUT", "PATCH", "DELETE"];

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Methods.Where(method => method.StartsWith(wordToComplete ?? "", StringComparison.OrdinalIgnoreCase))
            .Select(static method => new CompletionResult(method));
}
