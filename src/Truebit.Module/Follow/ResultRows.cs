using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Text.Json;
using Truebit.Client;

namespace Truebit.Follow;

/// <summary>
/// Makes one flat object of what became of a row, for -AsRow: its own columns, then Row, Status, ExecutionId, a column for each of
/// -OutputColumn, OutputJson and Error. All objects have the same columns of ours, so that Export-Csv takes them from the first.
/// </summary>
internal sealed class ResultRows(string[] outputColumns)
{
    /// <summary>The row of an execution.</summary>
    public PSObject From(TruebitExecution execution) => Create(
        execution.InputObject, execution.Row, execution.StatusText ?? execution.Status.ToString(), execution.ExecutionId, execution.OutputJson, execution.Error);

    /// <summary>The row of an error.</summary>
    public PSObject From(ErrorRecord error)
    {
        ErrorException? known = error.Exception as ErrorException;
        return Create(error.TargetObject as PSObject, known?.Row, known?.ErrorId ?? error.FullyQualifiedErrorId, known?.ExecutionId, null, error.Exception.Message);
    }

    /// <summary>The row of an entry of a journal, whose own columns the journal does not have.</summary>
    public PSObject From(JournalEntry entry, HubExecution? execution)
    {
        PSObject own = new();
        own.Properties.Add(new PSNoteProperty("Key", entry.Key));
        return Create(
            own, entry.Row, execution?.StatusText ?? execution?.Status.ToString() ?? entry.State.ToString(), entry.ExecutionId, execution?.OutputJson, execution?.OutputMessage ?? entry.Reason);
    }

    /// <summary>The row of a row for which nothing was done.</summary>
    public PSObject From(RowRef row, string status, string why) => Create(row.Target as PSObject, row.Number, status, null, null, why);

    private PSObject Create(PSObject? own, int? number, string status, string? executionId, string? outputJson, string? error)
    {
        PSObject result = new();
        AddOwn(result, own);
        Add(result, "Row", number);
        Add(result, "Status", status);
        Add(result, "ExecutionId", executionId);
        AddOutput(result, outputJson);
        Add(result, "OutputJson", outputJson);
        Add(result, "Error", error);
        return result;
    }

    private static void AddOwn(PSObject result, PSObject? own)
    {
        if (own?.BaseObject is IDictionary dictionary)
        {
            foreach (DictionaryEntry entry in dictionary)
            {
                Add(result, $"{entry.Key}", entry.Value);
            }

            return;
        }

        foreach (PSPropertyInfo property in own?.Properties.Where(static property => property.IsGettable) ?? [])
        {
            // One object has no name twice, and was asked whether its names are possible.
            result.Properties.Add(new PSNoteProperty(property.Name, Value(property)), preValidated: true);
        }
    }

    /// <summary>A property that cannot be read is the row's error already; here it is empty.</summary>
    private static object? Value(PSPropertyInfo property)
    {
        try
        {
            return property.Value;
        }
        catch (GetValueException)
        {
            return null;
        }
    }

    /// <summary>A column of ours whose name the row has itself gets another name: the row's own values stay as they are.</summary>
    private static void Add(PSObject result, string name, object? value)
    {
        while (result.Properties[name] is not null)
        {
            name = "Truebit" + name;
        }

        result.Properties.Add(new PSNoteProperty(name, value));
    }

    private void AddOutput(PSObject result, string? outputJson)
    {
        using JsonDocument? output = outputColumns.Length == 0 || outputJson is null ? null : Parse(outputJson);
        foreach (string column in outputColumns)
        {
            Add(result, $"output.{column}", output is null ? null : Text(Find(output.RootElement, column)));
        }
    }

    private static JsonDocument? Parse(string json)
    {
        try
        {
            return JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = JsonLimits.MaxDepth });
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonElement? Find(JsonElement element, string path)
    {
        foreach (string name in path.Split('.'))
        {
            if (element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement member))
            {
                element = member;
            }
            else if (element.ValueKind == JsonValueKind.Array
                && int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int index) && index < element.GetArrayLength())
            {
                element = element[index];
            }
            else
            {
                return null;
            }
        }

        return element;
    }

    /// <summary>Numbers digit for digit, objects and lists as JSON.</summary>
    private static string? Text(JsonElement? value) => value switch
    {
        null or { ValueKind: JsonValueKind.Null } => null,
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        JsonElement other => other.GetRawText(),
    };
}
