using System.Management.Automation;
using Truebit.Completion;
using Truebit.Rows;

namespace Truebit.Commands;

/// <summary>Executes API tasks by name, from parameters and from the pipeline.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "TruebitTask", SupportsShouldProcess = true, DefaultParameterSetName = PathSet)]
[OutputType(typeof(TruebitExecution))]
public sealed class InvokeTruebitTaskCommand : InvokeCmdlet
{
    private const string PathSet = "Path";
    private const string UrlSet = "Url";
    private const string InputSet = "Input";

    private RowBinder _binder = null!;

    /// <summary>The namespace that owns the task; or a column of that name.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(TaskCompleter))]
    public string? Namespace { get; set; }

    /// <summary>The task's registered name; or a column of that name.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(TaskCompleter))]
    public string? TaskName { get; set; }

    /// <summary>The label of the version to run; or a column of that name.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(TaskCompleter))]
    public string? Label { get; set; }

    /// <summary>The number of the version to run; or a column of that name.</summary>
    [Parameter]
    public uint? Version { get; set; }

    /// <summary>The path of the target API, with {placeholders} for Params; or a column of that name.</summary>
    [Parameter(ParameterSetName = PathSet)]
    public string? Path { get; set; }

    /// <summary>The HTTP method; or a column of that name.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = UrlSet)]
    [ArgumentCompleter(typeof(MethodCompleter))]
    public string? Method { get; set; }

    /// <summary>The values of the path's placeholders; or a column of that name, or columns params.NAME.</summary>
    [Parameter(ParameterSetName = PathSet)]
    public object? Params { get; set; }

    /// <summary>The body, any JSON; or a column of that name, or columns body.NAME.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = UrlSet)]
    public object? Body { get; set; }

    /// <summary>An absolute address, for tasks that take one; or a column of that name.</summary>
    [Parameter(ParameterSetName = UrlSet, Mandatory = true)]
    public string? Url { get; set; }

    /// <summary>The hub's input as it is, with any keys; or a column 'input'.</summary>
    [Parameter(ParameterSetName = InputSet, Mandatory = true)]
    [Alias("Input")]
    public object? InputObject { get; set; }

    /// <summary>Headers for the target: a header set, a hashtable or an object; or a column of that name, or columns headers.NAME.</summary>
    [Parameter]
    public object? Headers { get; set; }

    /// <summary>Sent as it is, in milliseconds by all evidence (truebit-api.md 4.3); 60000 unless given; or a column of that name.</summary>
    [Parameter]
    public uint? ExecutionTimeout { get; set; }

    /// <inheritdoc/>
    private protected override string ActionName => "Execute API task";

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        CommandLine command = new()
        {
            Namespace = Namespace,
            TaskName = TaskName,
            Label = Label,
            Version = Version,
            Path = Path,
            Method = Method,
            Url = Url,
            Params = Params,
            Body = Body,
            Headers = Headers,
            Input = InputObject,
            Mode = GivenMode,
            ExecutionTimeout = ExecutionTimeout,
        };
        _binder = new RowBinder(command, new HeaderResolver(Secrets) { Warn = WriteWarning }) { Warn = WriteWarning };
    }

    /// <inheritdoc/>
    private protected override BoundRow Bind(PSObject? row) => _binder.Bind(row);
}
