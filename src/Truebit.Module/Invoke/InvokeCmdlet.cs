using System.Management.Automation;
using Truebit.Bulk;
using Truebit.Client;
using Truebit.Completion;
using Truebit.Json;
using Truebit.Rows;

namespace Truebit.Commands;

/// <summary>Executes tasks, a row each. What a row says is for the derived cmdlets; how it gets through safely is for <see cref="TaskRun"/>.</summary>
public abstract class InvokeCmdlet : HubCmdlet
{
    private TaskRun _run = null!;

    /// <summary>A row from the pipeline.</summary>
    [Parameter(ValueFromPipeline = true, DontShow = true)]
    public PSObject? Row { get; set; }

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

    /// <summary>Sent as it is, in milliseconds by all evidence (truebit-api.md 4.3); or a column of that name.</summary>
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

    /// <summary>A file that makes the run restartable: the same command with the same journal sends only what was never sent.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Journal { get; set; }

    /// <summary>The column by which a row is recognised in another run; by its request and its place among identical rows unless given.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Key { get; set; }

    /// <summary>The part of the rows to deal with, i/N: each row is in exactly one of N, by its key or its request.</summary>
    [Parameter]
    [ValidateNotNull]
    public Shard? Shard { get; set; }

    /// <summary>What to do with rows that an earlier run had on the wire when it ended.</summary>
    [Parameter]
    public UnknownAction OnUnknown { get; set; }

    /// <summary>The most rows to submit; the others are left for another run.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int? MaxSubmissions { get; set; }

    /// <summary>When to stop submitting, from the start of the command; a number is seconds. What is out is awaited.</summary>
    [Parameter]
    [SecondsTransformation]
    public TimeSpan? TimeBudget { get; set; }

    /// <summary>
    /// Keeps a copy of the journal elsewhere, with its path as $_: before rows are sent, for as many at a time as ThrottleLimit
    /// says; every 30 seconds while results are awaited; and at the end. When it fails, nothing more is sent.
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    public ScriptBlock? Checkpoint { get; set; }

    /// <summary>What is done, for -WhatIf and -Confirm.</summary>
    private protected abstract string Action { get; }

    /// <summary>Whether no row is sent before all are checked.</summary>
    private protected virtual bool HoldsRows => false;

    /// <summary>A header for the target that carries the row's identity; null for none.</summary>
    private protected virtual string? IdentityHeader => null;

    /// <summary>What makes requests of rows.</summary>
    private protected abstract RowBinder CreateBinder(GivenTask given);

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        HubConnection hub = Connect(needsKey: true, ThrottleLimit);
        bool needsIdentity = Journal is not null || Shard is not null || IdentityHeader is not null;
        Forbid(Async && Sync, "Sync", "-Async and -Sync exclude each other");
        Forbid(Key is not null && !needsIdentity, "Key", "-Key says by what rows are recognised, and is for commands that must, such as those with -Journal");
        Forbid(Checkpoint is not null && Journal is null, "Checkpoint", "-Checkpoint is for -Journal");

        SendGate gate = new(Pump, MaxSubmissions, TimeBudget);
        Journal? file = Journal is null ? null : Must(() => Client.Journal.Open(GetUnresolvedProviderPathFromPSPath(Journal), Shard, Key), Journal);
        RunJournal? journal = null;
        if (file is not null)
        {
            Pump.DisposeLast(file);
            journal = new RunJournal(file, OnUnknown);
        }

        RowBinder binder = CreateBinder(new GivenTask
        {
            Namespace = Namespace,
            TaskName = TaskName,
            Label = Label,
            Version = Version,
            Mode = Async ? SubmitMode.Async : Sync ? SubmitMode.Sync : null,
            ExecutionTimeout = ExecutionTimeout,
        });
        RowIntake intake = new(binder, needsIdentity ? new RowIdentifier(Key) : null, Shard, journal) { Warn = WriteWarning, IdempotencyHeader = IdentityHeader };
        RunOptions options = new()
        {
            Action = Action,
            ThrottleLimit = ThrottleLimit,
            Timeout = Timeout,
            HoldsRows = HoldsRows,
            Journal = Journal,
            CreatesJournal = Shard is not null && !IsWhatIf,
        };
        JournalCheckpoint? checkpoint = Checkpoint is null || IsWhatIf ? null : new JournalCheckpoint(Checkpoint, file!);
        _run = new TaskRun(this, options, hub, Pump, gate, intake, journal, checkpoint);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord() => _run.Add(Row, MyInvocation.ExpectingInput);

    /// <inheritdoc/>
    protected override void EndProcessing() => _run.End();

    /// <summary>Whether -WhatIf is on; then nothing is written anywhere.</summary>
    private bool IsWhatIf => MyInvocation.BoundParameters.TryGetValue("WhatIf", out object? given)
        ? (SwitchParameter)given
        : LanguagePrimitives.IsTrue(GetVariableValue("WhatIfPreference"));

    private void Forbid(bool isSo, string parameter, string why)
    {
        if (isSo)
        {
            ThrowTerminatingError(Errors.Record(new FieldException(parameter, why), target: null));
        }
    }
}
