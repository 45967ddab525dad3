using System.Diagnostics;
using Truebit.Client;
using Truebit.Session;

namespace Truebit.Completion;

/// <summary>Namespaces, tasks and labels that this session has executed, or that are in the given journal; only those of the cmdlet's kind.</summary>
internal sealed class TaskCompleter : Completer
{
    /// <summary>In lines.</summary>
    private const int ShortJournal = 200;

    protected override IEnumerable<Suggestion> Suggest(CompletionRequest request) => Known(request)
        .Where(task => task.Kind == GetKind(request.Command))
        .Where(task => request.Parameter == "Namespace" || Matches(task.Namespace, request.Given("Namespace")))
        .Where(task => request.Parameter != "Label" || Matches(task.TaskName, request.Given("TaskName")))
        .Select(task => request.Parameter switch
        {
            "Namespace" => new Suggestion(task.Namespace),
            "TaskName" => new Suggestion(task.TaskName, $"{task.Namespace}/{task.TaskName}"),
            _ => new Suggestion(task.Label ?? "", $"{task.Namespace}/{task.TaskName}, {task.Label}"),
        })
        .Where(static suggestion => suggestion.Text.Length > 0);

    private static IEnumerable<KnownTask> Known(CompletionRequest request)
    {
        IEnumerable<KnownTask> submitted = ModuleState.Current.Submitted.All
            .Select(static execution => new KnownTask(execution.Kind, execution.Namespace ?? "", execution.TaskName ?? "", execution.Label));
        return request.Given("Journal") is string journal ? submitted.Concat(FromJournal(journal)) : submitted;
    }

    private static IEnumerable<KnownTask> FromJournal(string journal)
    {
        string path = Resolve(journal);
        if (!File.Exists(path))
        {
            return [];
        }

        // The beginning of a long journal is enough; a short one is read whole, however busy the machine is.
        Stopwatch clock = Stopwatch.StartNew();
        int lines = 0;
        return Journal.Read(path, () => ++lines > ShortJournal && clock.Elapsed > Patience)
            .TakeWhile((_, at) => at < ShortJournal || clock.Elapsed <= Patience + Patience)
            .Where(static entry => entry.Task is not null)
            .Select(static entry => new KnownTask(entry.Kind, entry.Task!.Split('/')[0], entry.Task.Substring(entry.Task.IndexOf('/') + 1), entry.Label));
    }

    private static TaskKind GetKind(string command) =>
        command.EndsWith("Function", StringComparison.OrdinalIgnoreCase) ? TaskKind.Function : TaskKind.Api;

    private static bool Matches(string known, string? given) => given is null || known.Equals(given, StringComparison.Ordinal);

    private readonly record struct KnownTask(TaskKind Kind, string Namespace, string TaskName, string? Label);
}
