using Truebit.Client;

namespace Truebit.Rows;

/// <summary>What a manifest says of the calls of one operation.</summary>
internal interface ICallRules
{
    /// <summary>Method and path of the operation; null where there is none for the call.</summary>
    string? Operation { get; }

    /// <summary>The value of a cell whose column names no type, as <see cref="Json.PSJson"/> writes it.</summary>
    object? ReadText(string field, string text, List<TruebitTaskProblem> problems);

    /// <summary>What is wrong with the request.</summary>
    IEnumerable<TruebitTaskProblem> Check(ApiTaskRequest request);
}
