using System.Text;
using Truebit.Client;
using Truebit.Json;

namespace Truebit.Rows;

/// <summary>Makes requests for function tasks.</summary>
internal sealed class FunctionRowBinder(GivenTask task, GivenFunction given) : RowBinder(RowColumns.Function, task)
{
    private protected override BoundRequest CreateRequest(RowCells row)
    {
        FunctionTaskRequest request = new()
        {
            Namespace = Namespace(row),
            TaskName = TaskName(row),
            Label = Label(row),
            Version = Version(row),
            ExecutionTimeout = ExecutionTimeout(row),
            Input = Input(row),
            TotalSolutions = row.Number("TotalSolutions", given.TotalSolutions) ?? 1,
            RequiredSolutions = row.Number("RequiredSolutions", given.RequiredSolutions) ?? 1,
            RequesterTimestamp = row.Number("RequesterTimestamp", given.RequesterTimestamp),
            GasLimit = GasLimit(row.Text("GasLimit", given.GasLimit)),
        };
        return request.RequiredSolutions <= request.TotalSolutions
            ? new BoundRequest(request, "")
            : throw new FieldException(
                "RequiredSolutions", $"{request.RequiredSolutions} is more than TotalSolutions, which is {request.TotalSolutions}");
    }

    /// <summary>The hub's input is text: text is sent unchanged, anything else as JSON.</summary>
    private string Input(RowCells row)
    {
        object? whole = given.Text ?? row.Read("Text");
        FieldTree parts = row.Shape.Tree("Text");
        if (!parts.IsFilled(row.Cells))
        {
            return whole is null
                ? throw new FieldException("Text", "no value; give -Text, which may be '', or a column 'Text' that is not empty")
                : PSJson.Text(whole) ?? Encoding.UTF8.GetString(PSJson.ToUtf8(whole, "Text"));
        }

        return whole is null
            ? Encoding.UTF8.GetString(JsonBuffer.Write((parts, row.Cells), static (json, row) => row.parts.Write(json, row.Cells)))
            : throw new FieldException("Text", "the field is given twice, as a whole and in columns 'text.NAME'");
    }

    private static string? GasLimit(string? text) => text is null || (text.Length > 0 && text.All(static c => c is >= '0' and <= '9'))
        ? text
        : throw new FieldException("GasLimit", $"'{text}' is not a number of steps; give digits only");
}
