using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace Truebit.Completion;

/// <summary>Files, but not those that keep other runs from a journal.</summary>
internal sealed class JournalCompleter : IArgumentCompleter
{
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        CompletionCompleters.CompleteFilename(wordToComplete).Where(static file => !file.ListItemText.EndsWith(".lock", StringComparison.OrdinalIgnoreCase));
}
