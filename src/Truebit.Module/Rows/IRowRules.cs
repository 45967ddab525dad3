using Truebit.Client;

namespace Truebit.Rows;

/// <summary>
/// What a manifest says of rows. Rows are bound through this seam only, so that the manifest's libraries are not loaded where there is none.
/// </summary>
internal interface IRowRules
{
    /// <summary>The rules for calls of this method and path.</summary>
    ICallRules Of(string? method, string? path);
}

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
