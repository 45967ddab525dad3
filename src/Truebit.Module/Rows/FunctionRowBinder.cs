using System.Text;
using Truebit.Client;
using Truebit.Json;

namespace Truebit.Rows;

/// <summary>Makes requests for function tasks.</summary>
internal sealed class FunctionRowBinder(GivenValues given, IReadOnlyCollection<string> ignored) : RowBinder(RowColumns.Function, given, ignored)
{
    private protected override BoundRequest CreateRequest(RowCells row)
    {
        FunctionTaskRequest request = new()
        {
            Namespace = Required(row, "Namespace"),
            TaskName = Required(row, "TaskName"),
            Label = row.Text("Label"),
            Version = row.Number("Version"),
            ExecutionTimeout = row.Number("ExecutionTimeout"),
            Input = Input(row),
            TotalSolutions = Solutions(row, "TotalSolutions"),
            RequiredSolutions = Solutions(row, "RequiredSolutions"),
            RequesterTimestamp = row.Number("RequesterTimestamp"),
            GasLimit = GasLimit(row.Text("GasLimit")),
        };
        return request.RequiredSolutions <= request.TotalSolutions
            ? new BoundRequest(request, "")
            : throw new FieldException(
                "RequiredSolutions", $"{request.RequiredSolutions} is more than TotalSolutions, which is {request.TotalSolutions}");
    }

    /// <summary>The hub's input is text: text is sent unchanged, anything else as JSON.</summary>
    private string Input(RowCells row)
    {
        object? whole = RowScript.Evaluate(Given["Text"], row.ScriptRow(), "Text") ?? row.Read("Text");
        FieldTree parts = row.Shape.Tree("Text");
        if (!parts.IsFilled(row.Cells))
        {
            return whole is null
                ? throw row.Missing("Text", "no value; give -Text, which may be '', or a column 'Text' that is not empty")
                : PSJson.WholeText(whole, "Text") ?? Encoding.UTF8.GetString(PSJson.ToUtf8(whole, "Text"));
        }

        return whole is null
            ? Encoding.UTF8.GetString(JsonBuffer.Write((parts, row.Cells), static (json, row) => row.parts.Write(json, row.Cells)))
            : throw new FieldException("Text", "the field is given twice: as a whole and in columns 'text.NAME'");
    }

    private static uint Solutions(RowCells row, string field) => row.Number(field) switch
    {
        null => 1,
        0 => throw new FieldException(field, "at least one solution is needed"),
        uint number => number,
    };

    private static string? GasLimit(string? text) => text is null || (text.Length > 0 && text.All(static c => c is >= '0' and <= '9'))
        ? text
        : throw new FieldException("GasLimit", $"'{text}' is not a number of steps; give digits only");
}
