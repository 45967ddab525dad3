using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace Truebit.Completion;

/// <summary>What is to be completed.</summary>
/// <param name="Command">The cmdlet's name.</param>
/// <param name="Parameter">The parameter's name.</param>
/// <param name="Word">What has been typed of the value, without quotes.</param>
/// <param name="Ast">The command as far as it has been typed.</param>
/// <param name="Parameters">The parameters given so far.</param>
internal readonly record struct CompletionRequest(string Command, string Parameter, string Word, CommandAst Ast, IDictionary Parameters)
{
    /// <summary>A given parameter as text; null if it is missing.</summary>
    public string? Given(string parameter) => Parameters[parameter] is object value ? PSObject.AsPSObject(value).BaseObject as string : null;
}
