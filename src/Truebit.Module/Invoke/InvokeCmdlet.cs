using System.Management.Automation;
using Truebit.Client;
using Truebit.Completion;
using Truebit.Follow;
using Truebit.Invoke;
using Truebit.Rows;
using Truebit.Session;

namespace Truebit.Commands;

/// <summary>The parameters of commands that execute tasks, one for each row. <see cref="TaskRun"/> does the work.</summary>
public abstract class InvokeCmdlet : HubCmdlet
{
    private TaskRun? _run;
    private bool _isQuiet;

    /// <summary>A row from the pipeline.</summary>
    [Parameter(ValueFromPipeline = true, DontShow = true)]
    public PSObject? Row { get; set; }

    /// <summary>The namespace that owns the task; or a column of that name.</summary>
    [Parameter(Position = 0)]
    [ArgumentCompleter(typeof(TaskCompleter))]
    public object? Namespace { get; set; }

    /// <summary>The task's registered name; or a column of that name.</summary>
    [Parameter(Position = 1)]
    [ArgumentCompleter(typeof(TaskCompleter))]
    public object? TaskName { get; set; }

    /// <summary>The label of the version to run; or a column of that name.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(TaskCompleter))]
    public object? Label { get; set; }

    /// <summary>The number of the version to run; or a column of that name.</summary>
    [Parameter]
    public object? Version { get; set; }

    /// <summary>Sent unchanged; the hub appears to use milliseconds (truebit-api.md 4.3). Or a column of that name.</summary>
    [Parameter]
    public object? ExecutionTimeout { get; set; }

    /// <summary>Writes the running execution as soon as the hub has accepted it.</summary>
    [Parameter]
    public SwitchParameter Async { get; set; }

    /// <summary>Asks the hub to hold its answer for up to 60 seconds: one round trip for a quick task.</summary>
    [Parameter]
    public SwitchParameter Sync { get; set; }

    /// <summary>How long to wait for a result after the hub has accepted the task; a number is seconds. The default is 15 minutes.</summary>
    [Parameter]
    [SecondsTransformation]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(DefaultTimeoutMinutes);

    /// <summary>The maximum number of executions in flight.</summary>
    [Parameter]
    [ValidateRange(1, 10_000)]
    public int ThrottleLimit { get; set; } = 16;

    /// <summary>A file that makes the run restartable: the same command with the same journal sends only what was never sent.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(JournalCompleter))]
    public string? Journal { get; set; }

    /// <summary>The column that identifies a row across runs. By default, its request and its place among identical rows do.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ColumnCompleter))]
    public string? Key { get; set; }

    /// <summary>The part of the rows to process, i/N. Each row is in exactly one of N, by its key or its request.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(ShardCompleter))]
    public Shard? Shard { get; set; }

    /// <summary>What to do with rows that were on the wire when an earlier run ended.</summary>
    [Parameter]
    public UnknownAction OnUnknown { get; set; }

    /// <summary>Rows of the journal that ended so are executed again, and paid for again.</summary>
    [Parameter]
    [ValidateSet("Error", "Indeterminate")]
    public ExecutionStatus[] Rerun { get; set; } = [];

    /// <summary>Adds rows to a journal that knows none of the first rows of the input.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Writes one flat object for each row of the input, whatever became of it: its own columns, then what came of it.</summary>
    [Parameter]
    public SwitchParameter AsRow { get; set; }

    /// <summary>How many rows there will be, so that the progress can tell a percentage and the time that is left.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? Total { get; set; }

    /// <summary>With -AsRow, members of the output that get a column each: output.NAME.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ManifestCompleter))]
    public string[] OutputColumn { get; set; } = [];

    /// <summary>The maximum number of rows to submit; the others are left for another run.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int? MaxSubmissions { get; set; }

    /// <summary>Lets -MaxSubmissions, and -MaxGas, count what earlier runs with the journal have submitted, too.</summary>
    [Parameter]
    public SwitchParameter Cumulative { get; set; }

    /// <summary>
    /// The maximum number of submissions a second. With -Shard i/N it is that of all shards together, and this one takes an Nth of it.
    /// </summary>
    [Parameter]
    [ValidateRange(0.001, 10_000.0)]
    public double? RateLimit { get; set; }

    /// <summary>How long rows are submitted, from the start of the command; a number is seconds. Submitted rows are still awaited.</summary>
    [Parameter]
    [SecondsTransformation]
    public TimeSpan? TimeBudget { get; set; }

    /// <summary>
    /// A script that stores a copy of the journal elsewhere; $_ is its path. It runs before each batch of ThrottleLimit rows, every
    /// 30 seconds while results are awaited, and at the end. If it fails, nothing more is sent.
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    public ScriptBlock? Checkpoint { get; set; }

    /// <summary>Columns of the user's own whose names the module knows: they are not used.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ColumnCompleter))]
    public string[] IgnoreColumn { get; set; } = [];

    /// <summary>How rows become requests.</summary>
    private protected abstract RowPlan CreatePlan(GivenValues given);

    /// <summary>Estimates the cost of the run; null where no price is known.</summary>
    private protected virtual GasMeter? CreateMeter(HubConnection hub, Journal? journal) => null;

    /// <summary>Whether the run ends at a number of submissions, or at another size that -Cumulative can count.</summary>
    private protected virtual bool HasLimit => MaxSubmissions is not null;

    protected override void BeginProcessing()
    {
        SubmissionRate? rate = RateLimit is double perSecond ? new SubmissionRate(perSecond / (Shard?.Count ?? 1)) : null;
        HubConnection hub = Connect(needsKey: true, ThrottleLimit, outlastsPauses: TimeBudget is not null, rate);
        RowPlan plan = CreatePlan(new GivenValues
        {
            Mode = Async ? SubmitMode.Async : Sync ? SubmitMode.Sync : null,
            ["Namespace"] = Namespace,
            ["TaskName"] = TaskName,
            ["Label"] = Label,
            ["Version"] = Version,
            ["ExecutionTimeout"] = ExecutionTimeout,
        });
        bool needsIdentity = Journal is not null || Shard is not null || plan.IdempotencyHeader is not null;
        OrThrowTerminating(() => CheckParameters(needsIdentity));
        OrThrowTerminating(plan.Binder.CheckGiven);

        Journal? journal = Journal is null ? null : OrThrowTerminating(() => OpenJournal(hub.Endpoint), Journal);
        SendGate gate = new(Pump, MaxSubmissions, Cumulative ? journal!.Submissions : 0, TimeBudget)
        {
            Journal = journal,
            Gas = OrThrowTerminating(() => CreateMeter(hub, journal)),
        };
        RunJournal? runJournal = journal is null ? null : new RunJournal(journal, OnUnknown, Rerun);
        if (journal is not null)
        {
            hub.Runner.Reserve(journal);
        }

        bool isWhatIf = IsWhatIf();
        _isQuiet = IsQuiet();
        RunOptions options = new()
        {
            Action = plan.Action,
            ThrottleLimit = ThrottleLimit,
            Timeout = Timeout,
            Total = Total,
            Rows = AsRow ? new ResultRows(OutputColumn) : null,
            HoldsRows = plan.HoldsRows,
            HasJournal = journal is not null,
            IsWhatIf = isWhatIf,
            CreatesJournal = Shard is not null && !isWhatIf,
        };
        InputCheck input = new(plan.Binder)
        {
            Named = Key is null ? IgnoreColumn : [.. IgnoreColumn, Key],
            KeyColumn = Key,
            UsesNamed = Key is not null && plan.IdempotencyHeader is not null,
            Tell = isWhatIf ? line => Forecast.TellLine(this, line) : WriteVerbose,
        };
        RowIntake intake = new(plan.Binder, input, needsIdentity ? new RowIdentifier(Key) : null, Shard, runJournal)
        {
            Warn = WriteWarning,
            IdempotencyHeader = plan.IdempotencyHeader,
        };
        JournalCheckpoint? checkpoint = Checkpoint is null || isWhatIf ? null : new JournalCheckpoint(new CheckpointScript(Checkpoint), journal!, ThrottleLimit, gate);
        _run = new TaskRun(this, options, intake, new UnmetRows(runJournal, Force), new RowDispatcher(this, options, hub, gate, runJournal, checkpoint), gate);
    }

    protected override void ProcessRecord() => _run!.Add(Row, MyInvocation.ExpectingInput);

    protected override void EndProcessing() => _run!.End();

    /// <summary>After Ctrl+C or Select-Object -First a cmdlet can write nothing any more; the host can.</summary>
    private protected override void OnDisposed()
    {
        if (_run?.WhatIsLeft is string left && !_isQuiet)
        {
            Host.UI?.WriteWarningLine(left);
        }
    }

    private void CheckParameters(bool needsIdentity)
    {
        if (Async && Sync)
        {
            throw new InputException("InvalidInput", "-Async and -Sync cannot be used together.");
        }

        if (Key is not null && !needsIdentity)
        {
            throw new InputException("InvalidInput", "-Key can only be used with -Journal, -Shard or -IdempotencyHeader.");
        }

        if (OutputColumn.Length > 0 && !AsRow)
        {
            throw new InputException("InvalidInput", "-OutputColumn requires -AsRow.");
        }

        if (Rerun.Length > 0 && Journal is null)
        {
            throw new InputException("InvalidInput", "-Rerun requires -Journal.");
        }

        if (Cumulative && !(HasLimit && Journal is not null))
        {
            throw new InputException("InvalidInput", "-Cumulative requires -Journal and a limit such as -MaxSubmissions.");
        }

        if (Checkpoint is not null && Journal is null)
        {
            throw new InputException("InvalidInput", "-Checkpoint requires -Journal.");
        }
    }

    private Journal OpenJournal(Uri endpoint)
    {
        Journal journal = Client.Journal.Open(ResolveFile(Journal!), JournalHub.Create(endpoint), Shard, Key);
        Pump.DisposeWhenIdle(journal);
        return journal;
    }

    /// <summary>With -WhatIf nothing is written anywhere.</summary>
    private bool IsWhatIf() => MyInvocation.BoundParameters.TryGetValue("WhatIf", out object? given)
        ? (SwitchParameter)given
        : LanguagePrimitives.IsTrue(GetVariableValue("WhatIfPreference"));

    private bool IsQuiet() =>
        LanguagePrimitives.TryConvertTo(
            MyInvocation.BoundParameters.TryGetValue("WarningAction", out object? given) ? given : GetVariableValue("WarningPreference"), out ActionPreference preference)
        && preference is ActionPreference.SilentlyContinue or ActionPreference.Ignore;
}
