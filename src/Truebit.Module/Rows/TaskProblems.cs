using Truebit.Json;

namespace Truebit.Rows;

/// <summary>Turns what is wrong with a row into an error, and an error into what is wrong with a row.</summary>
internal static class TaskProblems
{
    private const int MostNamed = 5;

    /// <summary>The error of a row that the manifest does not allow; it names the first problems.</summary>
    public static FieldException ToException(IReadOnlyList<TruebitTaskProblem> problems)
    {
        string others = string.Concat(problems.Skip(1).Take(MostNamed - 1).Select(static problem => $"; {problem}"));
        string more = problems.Count > MostNamed ? $"; and {problems.Count - MostNamed} more" : "";
        return new FieldException(problems[0].Field, problems[0].Message + others + more);
    }

    /// <summary>The problem of a row of which no request can be made.</summary>
    public static TruebitTaskProblem Of(FieldException error) => new(error.Field, "input", expected: null, found: null, error.Problem);
}
