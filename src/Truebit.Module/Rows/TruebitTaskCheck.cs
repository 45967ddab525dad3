using System.Management.Automation;

namespace Truebit;

/// <summary>What Test-TruebitTask found about a row. Nothing was sent.</summary>
public sealed class TruebitTaskCheck
{
    internal TruebitTaskCheck(int row, string? operation, IReadOnlyList<TruebitTaskProblem> problems, string? requestJson, PSObject? inputObject)
    {
        Row = row;
        Operation = operation;
        Problems = problems;
        RequestJson = requestJson;
        InputObject = inputObject;
    }

    /// <summary>The row's place in the input, from 1.</summary>
    public int Row { get; }

    /// <summary>Whether Invoke-TruebitTask would send it.</summary>
    public bool IsValid => Problems.Count == 0;

    /// <summary>Method and path of the manifest's operation; null where none fits.</summary>
    public string? Operation { get; }

    /// <summary>All that is wrong.</summary>
    public IReadOnlyList<TruebitTaskProblem> Problems { get; }

    /// <summary>The request as it would be sent, without the values of headers; null where none can be made of the row.</summary>
    public string? RequestJson { get; }

    /// <summary>The row; null where everything came from the command line.</summary>
    public PSObject? InputObject { get; }

    /// <summary>The row and what is wrong with it.</summary>
    public override string ToString() => IsValid ? $"Row {Row}: valid" : $"Row {Row}: {string.Join("; ", Problems)}";
}
