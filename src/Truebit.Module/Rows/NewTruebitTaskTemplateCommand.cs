using System.Management.Automation;
using Truebit.Completion;
using Truebit.Json;
using Truebit.Rows;

namespace Truebit.Commands;

/// <summary>Writes example rows for a task, with the columns of its operations.</summary>
[Cmdlet(VerbsCommon.New, "TruebitTaskTemplate")]
[OutputType(typeof(PSObject))]
public sealed class NewTruebitTaskTemplateCommand : TruebitCmdlet
{
    private readonly List<object> _parts = [];

    /// <summary>The task's manifest, an OpenAPI document in JSON or YAML: a path, a file, text, lines, bytes or an object.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [AllowEmptyString]
    [ValidateNotNull]
    public object Manifest { get; set; } = "";

    /// <summary>An operationId, or method and path; by default all operations.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ManifestCompleter))]
    public string? Operation { get; set; }

    /// <summary>The namespace for the rows.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string Namespace { get; set; } = "your-namespace";

    /// <summary>The task's name for the rows.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string TaskName { get; set; } = "your-task";

    /// <summary>Lines and bytes come one by one, and are one manifest.</summary>
    protected override void ProcessRecord()
    {
        if (MyInvocation.ExpectingInput && PSJson.Unwrap(Manifest) is string or byte)
        {
            _parts.Add(Manifest);
        }
        else
        {
            Write(Manifest);
        }
    }

    protected override void EndProcessing()
    {
        if (_parts.Count > 0)
        {
            Write(_parts);
        }
    }

    private void Write(object manifest)
    {
        IReadOnlyList<IReadOnlyList<KeyValuePair<string, string>>> rows = OrThrowTerminating(
            () => ManifestRules.Load(manifest, ResolveFile, WriteWarning).ExampleRows(Operation, WriteWarning), manifest);

        // Export-Csv takes its columns from the first object, so every row has all columns.
        string[] columns = [.. rows.SelectMany(static row => row.Select(static cell => cell.Key)).Distinct(StringComparer.OrdinalIgnoreCase)];
        foreach (IReadOnlyList<KeyValuePair<string, string>> row in rows)
        {
            Dictionary<string, string> cells = row.ToDictionary(static cell => cell.Key, static cell => cell.Value, StringComparer.OrdinalIgnoreCase);
            PSObject item = new();
            item.Properties.Add(new PSNoteProperty("Namespace", Namespace));
            item.Properties.Add(new PSNoteProperty("TaskName", TaskName));
            foreach (string column in columns)
            {
                item.Properties.Add(new PSNoteProperty(column, cells.TryGetValue(column, out string? cell) ? cell : ""));
            }

            WriteObject(item);
        }
    }
}
