using System.Management.Automation;
using Truebit.Client;
using Truebit.Json;
using Truebit.Rows;

namespace Truebit.Commands;

/// <summary>Executes API tasks by name, from parameters and from the pipeline.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "TruebitTask", SupportsShouldProcess = true, DefaultParameterSetName = PathSet)]
[OutputType(typeof(TruebitExecution))]
public sealed class InvokeTruebitTaskCommand : HubCmdlet
{
    private const string PathSet = "Path";
    private const string UrlSet = "Url";
    private const string InputSet = "Input";
    private const uint ShortestUsual = 1000;

    private RowBinder _binder = null!;
    private int _rows;
    private bool _hasWarnedOfTime;
    private ExecutionEnd? _unauthorized;
    private int _refused;
    private string? _heldBack;

    /// <summary>The namespace that owns the task; or a column of that name.</summary>
    [Parameter]
    public string? Namespace { get; set; }

    /// <summary>The task's registered name; or a column of that name.</summary>
    [Parameter]
    public string? TaskName { get; set; }

    /// <summary>The label of the version to run; or a column of that name.</summary>
    [Parameter]
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

    /// <summary>A row from the pipeline.</summary>
    [Parameter(ValueFromPipeline = true, DontShow = true)]
    public PSObject? Row { get; set; }

    /// <summary>Sent as it is, in milliseconds by all evidence (truebit-api.md 4.3); 60000 unless given; or a column of that name.</summary>
    [Parameter]
    public uint? ExecutionTimeout { get; set; }

    /// <summary>Writes the running execution as soon as the hub has accepted it.</summary>
    [Parameter]
    public SwitchParameter Async { get; set; }

    /// <summary>Asks the hub to hold the answer for up to 60 seconds, one round trip for a quick task.</summary>
    [Parameter]
    public SwitchParameter Sync { get; set; }

    /// <summary>How long to wait for a result after the hub has accepted the task; a number is seconds. 15 minutes unless given.</summary>
    [Parameter]
    [SecondsTransformation]
    public TimeSpan Timeout { get; set; } = DefaultTimeout;

    /// <summary>The most executions that are submitted and not finished.</summary>
    [Parameter]
    [ValidateRange(1, 10_000)]
    public int ThrottleLimit { get; set; } = 16;

    /// <inheritdoc/>
    private protected override bool NeedsKey => true;

    /// <inheritdoc/>
    private protected override int Limit => ThrottleLimit;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        if (Async && Sync)
        {
            Must<object>(() => throw new FieldException("Sync", "-Async and -Sync exclude each other"));
        }

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
            Mode = Async ? SubmitMode.Async : Sync ? SubmitMode.Sync : null,
            ExecutionTimeout = ExecutionTimeout,
        };
        _binder = new RowBinder(command, new HeaderResolver(Secrets) { Warn = WriteWarning }) { Warn = WriteWarning };
    }

    /// <summary>The way of a row: bind, check, submit; its end is written here or while later rows come.</summary>
    protected override void ProcessRecord()
    {
        _rows++;

        // A number is worth telling only where there are rows.
        int? number = MyInvocation.ExpectingInput ? _rows : null;
        if (Bind(number) is not BoundRow row)
        {
            return;
        }

        if (_heldBack is not null)
        {
            Fail(Errors.NotSent(_heldBack, Row, number));
        }
        else if (ShouldProcess(row.Target, "Execute API task"))
        {
            Submit(number, (object?)row.Row ?? row.Target, () => RunAsync(row));
        }

        EndIfUnauthorized();
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        base.EndProcessing();
        EndIfUnauthorized();
    }

    /// <summary>After 401 and 402 nothing more is sent.</summary>
    private protected override bool Handle(ExecutionEnd end)
    {
        switch (end.Error)
        {
            case HubException { Code: HubErrorCode.AuthenticationFailed }:
                Pump.Halt();
                _refused++;
                _unauthorized ??= end;
                return true;
            case HubException { Code: HubErrorCode.PaymentRequired }:
                Pump.Halt();
                _heldBack ??= $"the payer of the key could not cover {(end.Number is int row ? $"row {row}" : "the task")} (402)";
                return false;
            case OperationCanceledException when _heldBack is not null || _unauthorized is not null:
                Fail(Errors.NotSent(_heldBack ?? "the hub refused the API key", end.Target, end.Number));
                return true;
            default:
                return false;
        }
    }

    private BoundRow? Bind(int? number)
    {
        try
        {
            if (Row is null && MyInvocation.ExpectingInput)
            {
                throw new FieldException("row", "it is null, and executing a task for nothing would cost money");
            }

            BoundRow row = _binder.Bind(Row);
            if (row.Request.ExecutionTimeout < ShortestUsual && !_hasWarnedOfTime)
            {
                _hasWarnedOfTime = true;
                WriteWarning($"ExecutionTimeout is {row.Request.ExecutionTimeout}: by all evidence the hub counts milliseconds.");
            }

            return row;
        }
        catch (Exception e) when (e is FieldException or ErrorException)
        {
            Fail(Errors.Record(e, Row, number));
            return null;
        }
    }

    private async Task<TruebitExecution> RunAsync(BoundRow row)
    {
        TaskRequest request = row.Request;
        DateTime submittedAt = DateTime.UtcNow;
        SubmittedExecution? submitted = null;
        HubExecution execution = await Runner.RunAsync(request, row.Mode, Timeout, Accepted, Pump.Halted, Pump.Stopped).ConfigureAwait(false);
        if (execution.IsFinished)
        {
            State.Submitted.Finished(execution.Id);
        }

        return new TruebitExecution(execution, submitted, DateTime.UtcNow, row.Row);

        void Accepted(HubExecution accepted)
        {
            submitted = new SubmittedExecution(
                Hub, accepted.Kind, accepted.Id, request.Namespace, request.TaskName, request.Label, request.Version, submittedAt);
            State.Submitted.Accepted(submitted);
        }
    }

    /// <summary>A refused key ends the command, once the results that were paid for are written.</summary>
    private void EndIfUnauthorized()
    {
        if (_unauthorized is null)
        {
            return;
        }

        Drain();
        HubException error = (HubException)_unauthorized.Error!;
        string count = _refused > 1 ? $" {_refused} rows were refused." : "";
        ThrowTerminatingError(Errors.Record(
            new ErrorException(error.Code.ToString(), ErrorCategory.AuthenticationError, $"{error.Message}{count} Nothing more was sent."),
            _unauthorized.Target,
            _unauthorized.Number));
    }
}
