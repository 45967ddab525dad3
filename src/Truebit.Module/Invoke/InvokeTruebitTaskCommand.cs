using System.Management.Automation;
using Truebit.Client;
using Truebit.Completion;
using Truebit.Headers;
using Truebit.Invoke;
using Truebit.Rows;
using Truebit.Session;

namespace Truebit.Commands;

/// <summary>Executes API tasks by name, from parameters and from the pipeline.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "TruebitTask", SupportsShouldProcess = true, DefaultParameterSetName = PathSet)]
[OutputType(typeof(TruebitExecution))]
public sealed class InvokeTruebitTaskCommand : InvokeCmdlet
{
    private const string PathSet = "Path";
    private const string UrlSet = "Url";
    private const string InputSet = "Input";

    /// <summary>The path of the target API, with {placeholders} for Params; or a column of that name.</summary>
    [Parameter(ParameterSetName = PathSet)]
    public object? Path { get; set; }

    /// <summary>The HTTP method; or a column of that name.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = UrlSet)]
    [ArgumentCompleter(typeof(MethodCompleter))]
    public object? Method { get; set; }

    /// <summary>The values of the path's placeholders; or a column of that name, or columns params.NAME.</summary>
    [Parameter(ParameterSetName = PathSet)]
    public object? Params { get; set; }

    /// <summary>The body, any JSON; or a column of that name, or columns body.NAME.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = UrlSet)]
    public object? Body { get; set; }

    /// <summary>An absolute address, for tasks that take one; or a column of that name.</summary>
    [Parameter(ParameterSetName = UrlSet, Mandatory = true)]
    public object? Url { get; set; }

    /// <summary>The whole input for the hub, with any keys; or a column 'input'.</summary>
    [Parameter(ParameterSetName = InputSet, Mandatory = true)]
    [Alias("Input")]
    public object? InputObject { get; set; }

    /// <summary>Headers for the target: a header set, a hashtable or an object; or a column of that name, or columns headers.NAME.</summary>
    [Parameter]
    public object? Headers { get; set; }

    /// <summary>The name of a header for the target, with a key of the row that is the same on every run.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? IdempotencyHeader { get; set; }

    /// <summary>The task's manifest, an OpenAPI document as a path, a file, text, lines, bytes or an object: its types and rules are applied to rows before anything is sent.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public object? Manifest { get; set; }

    /// <summary>Checks all rows first, and sends nothing if one of them is not valid.</summary>
    [Parameter]
    public SwitchParameter RequireAllValid { get; set; }

    /// <summary>
    /// The hub's gas that the run may use, by an estimate: once the bytes of its executions, times the price of a byte, reach it, nothing more is
    /// sent.
    /// </summary>
    [Parameter]
    [ValidateRange(0.0, 1e15)]
    public decimal? MaxGas { get; set; }

    /// <summary>The price of a byte in the hub's gas. Without it, -MaxGas takes it from an invoice of an execution in the journal.</summary>
    [Parameter]
    [ValidateRange(1e-18, 1e9)]
    public decimal? GasPrice { get; set; }

    private protected override bool HasLimit => base.HasLimit || MaxGas is not null;

    private protected override GasMeter? CreateMeter(HubConnection hub, Journal? journal) => MaxGas is null && GasPrice is null
        ? null
        : new GasMeter(
            GasPrice ?? Await(JournalGas.FindPriceAsync(hub, journal)),
            JournalHub.Create(hub.Endpoint).IsLocal,
            MaxGas,
            Cumulative && MaxGas is not null ? JournalGas.Bytes(journal!) : 0);

    private protected override RowPlan CreatePlan(GivenValues given)
    {
        given["Path"] = Path;
        given["Method"] = Method;
        given["Url"] = Url;
        given["Params"] = Params;
        given["Body"] = Body;
        given["Headers"] = Headers;
        given["Input"] = InputObject;
        ApiRowBinder binder = new(given, IgnoreColumn, new HeaderResolver(Secrets) { Warn = WriteWarning })
        {
            Warn = WriteWarning,
            Rules = Manifest is null ? null : OrThrowTerminating(() => LoadRules(Manifest), Manifest),
        };
        return new RowPlan(binder, "Execute API task") { HoldsRows = RequireAllValid, IdempotencyHeader = IdempotencyHeader };
    }

    private ManifestRules LoadRules(object manifest) => ManifestRules.Load(manifest, ResolveFile, WriteWarning);
}
