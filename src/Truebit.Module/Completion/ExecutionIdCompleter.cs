using Truebit.Session;

namespace Truebit.Completion;

/// <summary>The executions of this session, newest first.</summary>
internal sealed class ExecutionIdCompleter : Completer
{
    protected override IEnumerable<Suggestion> Suggest(CompletionRequest request) => ModuleState.Current.Submitted.All
        .OrderByDescending(static execution => execution.SubmittedAt)
        .Select(static execution => new Suggestion(execution.Id, $"{execution.Namespace}/{execution.TaskName}, sent {execution.SubmittedAt:u}"));
}
