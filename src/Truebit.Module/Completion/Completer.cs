using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace Truebit.Completion;

/// <summary>Completes a parameter from what is at hand: it never asks the hub, never prompts, never throws.</summary>
internal abstract class Completer : IArgumentCompleter
{
    /// <summary>For how long a completer may look for suggestions; a person is waiting for them.</summary>
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
            // There is nobody to tell: an exception here would only take away the shell's own suggestions.
            return [];
        }
    }

    /// <summary>What the parameter may be; the beginning of the word is checked by the caller.</summary>
    /// <param name="command">The cmdlet's name.</param>
    /// <param name="parameter">The parameter's name.</param>
    /// <param name="given">The parameters that the command line has already.</param>
    protected abstract IEnumerable<Suggestion> Suggest(string command, string parameter, IDictionary given);

    /// <summary>A parameter of the command line as text; null where it is not given.</summary>
    protected static string? Given(IDictionary given, string parameter) => given[parameter] is object value ? PSObject.AsPSObject(value).BaseObject as string : null;

    private static CompletionResult Result(Suggestion suggestion)
    {
        bool isBare = suggestion.Text.All(static c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.' or '/' or '\\');
        string text = isBare ? suggestion.Text : $"'{CodeGeneration.EscapeSingleQuotedStringContent(suggestion.Text)}'";
        return new CompletionResult(text, suggestion.Text, CompletionResultType.ParameterValue, suggestion.Tip ?? suggestion.Text);
    }
}
