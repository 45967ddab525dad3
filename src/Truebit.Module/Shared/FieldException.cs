using Truebit.Client;

namespace Truebit;

/// <summary>A value that cannot be sent, and the field that has it.</summary>
internal sealed class FieldException(string field, string problem) : TruebitException("InvalidInput", field == WholeRow ? $"{problem}." : $"{field}: {problem}.")
{
    /// <summary>The field of what is wrong with a row as a whole.</summary>
    public const string WholeRow = "row";

    private const int MaxNamed = 5;

    public string Field { get; } = field;

    public string Problem { get; } = problem;

    /// <summary>Whether the cause is the columns, and so the same in all rows with the same columns.</summary>
    public bool IsOfColumns { get; init; }

    /// <summary>The error of a row that cannot be read, for whatever reason.</summary>
    public static FieldException Unreadable(Exception cause) => new(WholeRow, $"the row cannot be read: {(cause.InnerException ?? cause).Message.TrimEnd('.')}");

    /// <summary>The error of a row that the manifest does not allow; it names the first problems.</summary>
    public static FieldException From(IReadOnlyList<TruebitTaskProblem> problems)
    {
        string others = string.Concat(problems.Skip(1).Take(MaxNamed - 1).Select(static problem => $"; {problem}"));
        string more = problems.Count > MaxNamed ? $"; and {problems.Count - MaxNamed} more" : "";
        return new FieldException(problems[0].Field, problems[0].Message + others + more);
    }
}
