using System.Management.Automation;
using System.Text;
using Truebit.Client;
using Truebit.Completion;
using Truebit.Headers;
using Truebit.Rows;
using Truebit.Session;

namespace Truebit.Commands;

/// <summary>Checks rows against a task's manifest. Sends nothing and needs no key.</summary>
[Cmdlet(VerbsDiagnostic.Test, "TruebitTask", DefaultParameterSetName = PathSet)]
[OutputType(typeof(TruebitTaskCheck))]
public sealed class TestTruebitTaskCommand : TruebitCmdlet
{
    private const string PathSet = "Path";
    private const string InputSet = "Input";

    private ApiRowBinder _binder = null!;
    private InputCheck _input = null!;
    private int _rows;

    /// <summary>The task's manifest, an OpenAPI document in JSON or YAML: a path, a file, text, lines, bytes or an object.</summary>
    [Parameter(Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public object Manifest { get; set; } = "";

    /// <summary>A row from the pipeline.</summary>
    [Parameter(ValueFromPipeline = true, DontShow = true)]
    public PSObject? Row { get; set; }

    /// <summary>As for Invoke-TruebitTask.</summary>
    [Parameter(Position = 0)]
    [ArgumentCompleter(typeof(TaskCompleter))]
    public object? Namespace { get; set; }

    /// <summary>As for Invoke-TruebitTask.</summary>
    [Parameter(Position = 1)]
    [ArgumentCompleter(typeof(TaskCompleter))]
    public object? TaskName { get; set; }

    /// <summary>As for Invoke-TruebitTask.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(TaskCompleter))]
    public object? Label { get; set; }

    /// <summary>As for Invoke-TruebitTask.</summary>
    [Parameter]
    public object? Version { get; set; }

    /// <summary>As for Invoke-TruebitTask.</summary>
    [Parameter(ParameterSetName = PathSet)]
    public object? Path { get; set; }

    /// <summary>As for Invoke-TruebitTask.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [ArgumentCompleter(typeof(MethodCompleter))]
    public object? Method { get; set; }

    /// <summary>As for Invoke-TruebitTask.</summary>
    [Parameter(ParameterSetName = PathSet)]
    public object? Params { get; set; }

    /// <summary>As for Invoke-TruebitTask.</summary>
    [Parameter(ParameterSetName = PathSet)]
    public object? Body { get; set; }

    /// <summary>As for Invoke-TruebitTask.</summary>
    [Parameter(ParameterSetName = InputSet, Mandatory = true)]
    [Alias("Input")]
    public object? InputObject { get; set; }

    /// <summary>As for Invoke-TruebitTask.</summary>
    [Parameter]
    public object? Headers { get; set; }

    /// <summary>As for Invoke-TruebitTask.</summary>
    [Parameter]
    public object? ExecutionTimeout { get; set; }

    /// <summary>As for Invoke-TruebitTask.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ColumnCompleter))]
    public string[] IgnoreColumn { get; set; } = [];

    protected override void BeginProcessing()
    {
        GivenValues given = new()
        {
            ["Namespace"] = Namespace,
            ["TaskName"] = TaskName,
            ["Label"] = Label,
            ["Version"] = Version,
            ["ExecutionTimeout"] = ExecutionTimeout,
            ["Path"] = Path,
            ["Method"] = Method,
            ["Params"] = Params,
            ["Body"] = Body,
            ["Headers"] = Headers,
            ["Input"] = InputObject,
        };
        _binder = new ApiRowBinder(given, IgnoreColumn, new HeaderResolver(new SecretReader(InvokeCommand, SessionState)) { Warn = WriteWarning })
        {
            Warn = WriteWarning,
            Rules = OrThrowTerminating(() => ManifestRules.Load(Manifest, ResolveFile, WriteWarning), Manifest),
        };
        OrThrowTerminating(_binder.CheckGiven);
        _input = new InputCheck(_binder) { Named = IgnoreColumn, Tell = WriteVerbose };
    }

    protected override void ProcessRecord()
    {
        _rows++;
        try
        {
            RowCells cells = Row is null && MyInvocation.ExpectingInput ? throw new FieldException(FieldException.WholeRow, "the row is null; pipe rows from Import-Csv, objects or hashtables") : _binder.Read(Row);
            if (_input.IsToBeSent(cells))
            {
                OrThrowTerminating(() => _input.CheckColumns(cells), Row);
                BoundRow row = _binder.Bind(cells);
                string request = Encoding.UTF8.GetString(new SentRequest(row.Request, isAsync: row.Mode != SubmitMode.Sync).ToJson());
                WriteObject(new TruebitTaskCheck(_rows, row.Operation, row.Problems, request, Row));
            }
        }
        catch (FieldException e)
        {
            OrThrowTerminating(() => _input.ThrowIfOfColumns(e, Row), Row);
            WriteObject(new TruebitTaskCheck(_rows, operation: null, [TruebitTaskProblem.From(e)], requestJson: null, Row));
        }
        catch (TruebitException e)
        {
            WriteError(Errors.ToErrorRecord(e, new RowRef(Row, MyInvocation.ExpectingInput ? _rows : null)));
        }
        catch (Exception e) when (e is not PipelineStoppedException)
        {
            WriteObject(new TruebitTaskCheck(_rows, operation: null, [TruebitTaskProblem.From(FieldException.Unreadable(e))], requestJson: null, Row));
        }
    }

    protected override void EndProcessing()
    {
        if (_input.EmptyRows > 0)
        {
            WriteWarning($"{_input.EmptyRows} of {_rows} rows have no value in any column. Invoke-TruebitTask sends nothing for them.");
        }
    }
}
