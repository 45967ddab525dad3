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
    private int _rows;

    /// <summary>The task's manifest, an OpenAPI 3.0 document in JSON or YAML.</summary>
    [Parameter(Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string Manifest { get; set; } = "";

    /// <summary>A row from the pipeline.</summary>
    [Parameter(ValueFromPipeline = true, DontShow = true)]
    public PSObject? Row { get; set; }

    /// <summary>As for Invoke-TruebitTask.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(TaskCompleter))]
    public string? Namespace { get; set; }

    /// <summary>As for Invoke-TruebitTask.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(TaskCompleter))]
    public string? TaskName { get; set; }

    /// <summary>As for Invoke-TruebitTask.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(TaskCompleter))]
    public string? Label { get; set; }

    /// <summary>As for Invoke-TruebitTask.</summary>
    [Parameter]
    public uint? Version { get; set; }

    /// <summary>As for Invoke-TruebitTask.</summary>
    [Parameter(ParameterSetName = PathSet)]
    public string? Path { get; set; }

    /// <summary>As for Invoke-TruebitTask.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [ArgumentCompleter(typeof(MethodCompleter))]
    public string? Method { get; set; }

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
    public uint? ExecutionTimeout { get; set; }

    protected override void BeginProcessing()
    {
        GivenTask task = new()
        {
            Namespace = Namespace,
            TaskName = TaskName,
            Label = Label,
            Version = Version,
            ExecutionTimeout = ExecutionTimeout,
        };
        GivenCall call = new()
        {
            Path = Path,
            Method = Method,
            Params = Params,
            Body = Body,
            Headers = Headers,
            Input = InputObject,
        };
        _binder = new ApiRowBinder(task, call, new HeaderResolver(new SecretReader(InvokeCommand)) { Warn = WriteWarning })
        {
            Warn = WriteWarning,
            Rules = OrThrowTerminating(() => ManifestRules.Load(GetUnresolvedProviderPathFromPSPath(Manifest), WriteWarning), Manifest),
        };
    }

    protected override void ProcessRecord()
    {
        _rows++;
        try
        {
            BoundRow row = Row is null && MyInvocation.ExpectingInput ? throw new FieldException("row", "the row is null") : _binder.Bind(Row);
            string request = Encoding.UTF8.GetString(new SentRequest(row.Request, isAsync: row.Mode != SubmitMode.Sync).ToJson());
            WriteObject(new TruebitTaskCheck(_rows, row.Operation, row.Problems, request, Row));
        }
        catch (FieldException e)
        {
            WriteObject(new TruebitTaskCheck(_rows, operation: null, [TruebitTaskProblem.From(e)], requestJson: null, Row));
        }
        catch (TruebitException e)
        {
            WriteError(Errors.ToErrorRecord(e, Row, MyInvocation.ExpectingInput ? _rows : null));
        }
    }
}
