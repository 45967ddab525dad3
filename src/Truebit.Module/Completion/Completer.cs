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
            return [.. Suggest(new CompletionRequest(commandName, parameterName, word, commandAst, fakeBoundParameters))
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
    protected abstract IEnumerable<Suggestion> Suggest(CompletionRequest request);

    /// <summary>Runs a script of the module's own. A completer has no session state.</summary>
    protected static IEnumerable<PSObject> Run(string script, params object?[] arguments)
    {
        using PowerShell shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        shell.AddScript(script, useLocalScope: true);
        foreach (object? argument in arguments)
        {
            shell.AddArgument(argument);
        }

        return shell.Invoke();
    }

    /// <summary>The file that a path of PowerShell names.</summary>
    protected static string Resolve(string path) =>
        (string)Run("$ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($args[0])", path).First().BaseObject;

    private static CompletionResult Result(Suggestion suggestion)
    {
        bool isBare = suggestion.IsCode || suggestion.Text.All(static c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.' or '/' or '\\');
        string text = isBare ? suggestion.Text : $"'{CodeGeneration.EscapeSingleQuotedStringContent(suggestion.Text)}'";
        return new CompletionResult(text, suggestion.Text, CompletionResultType.ParameterValue, suggestion.Tip ?? suggestion.Text);
    }
}
