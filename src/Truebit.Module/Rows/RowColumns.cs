namespace Truebit.Rows;

/// <summary>The known columns of a task; rows may have others.</summary>
internal sealed class RowColumns
{
    private static readonly string[] Numbers = ["Version", "ExecutionTimeout", "TotalSolutions", "RequiredSolutions", "RequesterTimestamp"];
    private static readonly string[] Texts = ["Namespace", "TaskName", "Label", "Path", "Method", "Url", "GasLimit"];
    private static readonly string[] Common = ["Namespace", "TaskName", "Label", "Version", "Async", "ExecutionTimeout"];

    private readonly Dictionary<string, string> _fields = new(StringComparer.OrdinalIgnoreCase);

    private RowColumns(string[] plain, string[] dotted)
    {
        Dotted = dotted;
        foreach (string field in Common.Concat(plain).Concat(dotted))
        {
            _fields.Add(field, field);
        }

        string[] starts = [.. dotted.Select(static field => field.ToLowerInvariant() + ".")];
        DottedPrefixes = starts.Length > 1 ? $"{string.Join(", ", starts.Take(starts.Length - 1))} or {starts.Last()}" : starts[0];
    }

    /// <summary>The columns of an API task. The dotted ones may also come as a whole.</summary>
    public static RowColumns Api { get; } = new(["Path", "Method", "Url", "Input"], ["Params", "Body", "Headers"]);

    /// <summary>The columns of a function task, by the names of the parameters and by those of the hub's own JSON (truebit-api.md 2.4).</summary>
    public static RowColumns Function { get; } = new(["TotalSolutions", "RequiredSolutions", "RequesterTimestamp", "GasLimit"], ["Text"])
    {
        _fields = { ["input"] = "Text", ["taskRequesterTimestamp"] = "RequesterTimestamp" },
    };

    /// <summary>The fields that dotted columns can give: <c>body.customer.name</c>.</summary>
    public string[] Dotted { get; }

    /// <summary>How the names of those columns start, in words.</summary>
    public string DottedPrefixes { get; }

    /// <summary>Whether the field is one of the hub's uint32 numbers.</summary>
    public bool IsNumber(string field) => Numbers.Contains(field);

    /// <summary>Whether the field is text.</summary>
    public bool IsText(string field) => Texts.Contains(field);

    /// <summary>The field that a column with this name, or with this part before its first dot, gives; null if none.</summary>
    public string? Find(string name) => _fields.TryGetValue(name, out string? field) ? field : null;
}
