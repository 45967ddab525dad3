namespace Truebit;

/// <summary>One thing that is wrong with a row.</summary>
public sealed class TruebitTaskProblem
{
    internal TruebitTaskProblem(string field, string rule, string? expected, string? found, string? message = null)
    {
        Field = field;
        Rule = rule;
        Expected = expected;
        Found = found;
        Message = message ?? $"it must be {expected}, but {(found is null ? "is missing" : $"is {found}")}";
    }

    /// <summary>The problem of a row that no request can be made of.</summary>
    internal static TruebitTaskProblem From(FieldException error) => new(error.Field, "input", expected: null, found: null, error.Problem);

    /// <summary>The field, named as its column is: <c>body.customer.name</c>.</summary>
    public string Field { get; }

    /// <summary>The keyword of OpenAPI that is broken, such as <c>type</c>; or operation, known, ambiguous, or input for a row that cannot be sent at all.</summary>
    public string Rule { get; }

    /// <summary>What the manifest asks for.</summary>
    public string? Expected { get; }

    /// <summary>What is there; null where nothing is. No values of headers.</summary>
    public string? Found { get; }

    /// <summary>The same in words.</summary>
    public string Message { get; }

    /// <summary>The field and the words.</summary>
    public override string ToString() => $"{Field}: {Message}";
}
