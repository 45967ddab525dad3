namespace Truebit;

/// <summary>One problem of a row.</summary>
public sealed class TruebitTaskProblem
{
    internal TruebitTaskProblem(string field, string rule, string? expected, string? found, string? message = null)
    {
        Field = field;
        Rule = rule;
        Expected = expected;
        Found = found;
        Message = message ?? $"must be {expected}, but {(found is null ? "is missing" : $"is {found}")}";
    }

    /// <summary>The problem of a row that cannot become a request.</summary>
    internal static TruebitTaskProblem From(FieldException error) => new(error.Field, "input", expected: null, found: null, error.Problem);

    /// <summary>The field, named as its column is: <c>body.customer.name</c>.</summary>
    public string Field { get; }

    /// <summary>The violated OpenAPI keyword, such as <c>type</c>; or operation, known, ambiguous, or input for a row that cannot be sent at all.</summary>
    public string Rule { get; }

    /// <summary>What the manifest requires.</summary>
    public string? Expected { get; }

    /// <summary>What the row has; null if it has nothing. Never the value of a header.</summary>
    public string? Found { get; }

    /// <summary>The problem in words.</summary>
    public string Message { get; }

    /// <summary>The field and the words.</summary>
    public override string ToString() => $"{Field}: {Message}";
}
