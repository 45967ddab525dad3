using Truebit.Client;

namespace Truebit.Rows;

/// <summary>What a manifest requires of the calls of one operation.</summary>
internal interface ICallRules
{
    /// <summary>Method and path of the operation; null if no operation matches the call.</summary>
    string? Operation { get; }

    /// <summary>Converts a cell of an untyped column to the type that the manifest requires.</summary>
    object? ReadText(string field, string text, List<TruebitTaskProblem> problems);

    /// <summary>The problems of the request.</summary>
    IEnumerable<TruebitTaskProblem> Check(ApiTaskRequest request);
}
