using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace Truebit.Completion;

/// <summary>Completes a parameter from local data. It never queries the hub, never prompts and never throws.</summary>
internal abstract class Completer : IArgumentCompleter
{
    /// <summary>How long a completer may take; a person is waiting.</summary>
    protected static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(120);

    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string word = (wordToComplete ?? "").Trim('\'', '"');
        try
        {
            return [.. Suggest(commandName, parameterName, fakeBoundParameters)
                .Where(suggestion => suggestion.Text.StartsWith(word, StringComparison.OrdinalIgnoreCase))
                .GroupBy(static suggestion => suggestion.Text, StringComparer.OrdinalIgnoreCase)
                .Select(static same => Result(same.First()))];
        }
        catch (Exception)
        {
            // An exception would only suppress the shell's own suggestions.
            return [];
        }
    }

    /// <summary>Suggests values. The caller filters them by the word.</summary>
    /// <param name="command">The cmdlet's name.</param>
    /// <param name="parameter">The parameter's name.</param>
    /// <param name="given">The parameters given so far.</param>
    protected abstract IEnumerable<Suggestion> Suggest(string command, string parameter, IDictionary given);

    /// <summary>A given parameter as text; null if it is missing.</summary>
    protected static string? Given(IDictionary given, string parameter) => given[parameter] is object value ? PSObject.AsPSObject(value).BaseObject as string : null;

    private static CompletionResult Result(Suggestion suggestion)
    {
        bool isBare = suggestion.Text.All(static c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.' or '/' or '\\');
        string text = isBare ? suggestion.Text : $"'{CodeGeneration.EscapeSingleQuotedStringContent(suggestion.Text)}'";
        return new CompletionResult(text, suggestion.Text, CompletionResultType.ParameterValue, suggestion.Tip ?? suggestion.Text);
    }
}
