using System.Globalization;
using System.Management.Automation;
using Truebit.Session;

namespace Truebit.Follow;

/// <summary>
/// An object with an ExecutionId that is not an execution of this session: an execution that came from a job, another machine or
/// Import-Clixml, or a line of a results file. What it says of its row is kept.
/// </summary>
internal static class PipedExecution
{
    /// <param name="execution">The execution by its id.</param>
    /// <param name="piped">The object that had the id.</param>
    public static ExecutionRef Enrich(ExecutionRef execution, PSObject piped) => execution with
    {
        Submitted = execution.Submitted ?? Submission(execution, piped),
        InputObject = execution.InputObject ?? Row(piped),
        Row = Get<int?>(piped, nameof(TruebitExecution.Row)),
        Key = Get<string>(piped, nameof(TruebitExecution.Key)),
        Target = piped,
    };

    private static SubmittedExecution? Submission(ExecutionRef execution, PSObject piped) =>
        IsExecution(piped)
            ? new SubmittedExecution(
                null,
                execution.Kind,
                execution.Id,
                Get<string>(piped, nameof(TruebitExecution.Namespace)),
                Get<string>(piped, nameof(TruebitExecution.TaskName)),
                Get<string>(piped, nameof(TruebitExecution.Label)),
                Get<uint?>(piped, nameof(TruebitExecution.Version)),
                Get<DateTime?>(piped, nameof(TruebitExecution.SubmittedAt)))
            {
                FinishedAt = Get<DateTime?>(piped, nameof(TruebitExecution.CompletedAt)),
            }
            : null;

    private static PSObject? Row(PSObject piped) =>
        IsExecution(piped) && piped.Properties[nameof(TruebitExecution.InputObject)]?.Value is object row ? PSObject.AsPSObject(row) : null;

    private static bool IsExecution(PSObject piped) => piped.TypeNames.Contains($"Deserialized.{typeof(TruebitExecution).FullName}");

    /// <summary>A value that is something else, such as a column of the user's own, says nothing.</summary>
    private static T? Get<T>(PSObject piped, string name) =>
        piped.Properties[name] is { IsGettable: true } property
            && LanguagePrimitives.TryConvertTo(property.Value, typeof(T), CultureInfo.InvariantCulture, out object? value) && value is T found
            ? found
            : default;
}
