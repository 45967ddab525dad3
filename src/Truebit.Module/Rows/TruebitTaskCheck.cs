using System.Management.Automation;
using System.Text;

namespace Truebit;

/// <summary>The result of Test-TruebitTask for a row. Nothing was sent.</summary>
public sealed class TruebitTaskCheck
{
    internal TruebitTaskCheck(int row, string? operation, IReadOnlyList<TruebitTaskProblem> problems, string? requestJson, PSObject? inputObject)
    {
        Row = row;
        Operation = operation;
        Problems = new ProblemList(problems);
        RequestJson = requestJson;
        InputObject = inputObject;
    }

    /// <summary>The row's place in the input, from 1.</summary>
    public int Row { get; }

    /// <summary>Whether Invoke-TruebitTask would send it.</summary>
    public bool IsValid => Problems.Count == 0;

    /// <summary>Method and path of the manifest's operation; null if none matches.</summary>
    public string? Operation { get; }

    /// <summary>All problems of the row.</summary>
    public IReadOnlyList<TruebitTaskProblem> Problems { get; }

    /// <summary>The request as it would be sent, without header values; null if the row cannot become a request.</summary>
    public string? RequestJson { get; }

    /// <summary>
    /// The bytes of that request; null if there is none. The hub charges the bytes between it and the target, which it counts: what the request
    /// has in its input is the part that can be known before.
    /// </summary>
    public int? Bytes => RequestJson is null ? null : Encoding.UTF8.GetByteCount(RequestJson);

    /// <summary>The row; null if everything came from the command line.</summary>
    public PSObject? InputObject { get; }

    /// <summary>The row and what is wrong with it.</summary>
    public override string ToString() => IsValid ? $"Row {Row}: valid" : $"Row {Row}: {Problems}";
}
