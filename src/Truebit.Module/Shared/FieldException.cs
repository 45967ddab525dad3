using Truebit.Client;

namespace Truebit.Json;

/// <summary>A value that cannot be sent, and the field it stands in.</summary>
internal sealed class FieldException(string field, string problem) : TruebitException("InvalidInput", $"{field}: {problem}.")
{
    public string Field { get; } = field;

    public string Problem { get; } = problem;
}
