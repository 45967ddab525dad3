using System.Management.Automation;
using Truebit.Bulk;
using Truebit.Client;
using Truebit.Json;
using Truebit.Rows;

namespace Truebit.Commands;

/// <summary>
/// Executes tasks, a row each: bind, check, submit, await, write. What a row says is for the derived cmdlets; how it gets
/// through safely, and how a run is limited, recorded and gone on with, is here.
/// </summary>
public abstract partial class InvokeCmdlet : HubCmdlet
{
    private const uint ShortestUsual = 1000;

    private RunBudget _budget = null!;
    private RowIdentifier? _identifier;
    private RunJournal? _journal;
    private bool _hasWarnedOfTime;
    private volatile bool _endedByRow;
    private ExecutionEnd? _fatal;
    private int _refused;
    private string? _heldBack;
    private readonly List<IdentifiedRow> _held = [];
    private int _rows;
    private int _invalid;
    private int _left;

    /// <summary>A row from the pipeline.</summary>
    [Parameter(ValueFromPipeline = true, DontShow = true)]
    public PSObject? Row { get; set; }

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

    /// <inheritdoc/>
    private protected override bool NeedsKey => true;

    /// <inheritdoc/>
    private protected override int Limit => ThrottleLimit;

    /// <summary>What the command line says of when an execution counts as done; null leaves it to the row.</summary>
    private protected SubmitMode? GivenMode => Async ? SubmitMode.Async : Sync ? SubmitMode.Sync : null;

    /// <summary>What is done, for -WhatIf and -Confirm.</summary>
    private protected abstract string ActionName { get; }

    /// <summary>Whether it matters who a row is in other runs.</summary>
    private protected virtual bool NeedsIdentity => Journal is not null || Shard is not null;

    /// <summary>Whether no row is sent before all are checked.</summary>
    private protected virtual bool HoldsRows => false;

    /// <summary>Makes a request of the command line and the row.</summary>
    /// <exception cref="FieldException">The row cannot be sent.</exception>
    private protected abstract BoundRow Bind(PSObject? row);

    /// <summary>The row as it is sent, when it is known who it is.</summary>
    /// <exception cref="FieldException">The row cannot be sent.</exception>
    private protected virtual BoundRow WithIdentity(BoundRow row, RowIdentity identity) => row;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _ = Must(() => Async && Sync ? throw new FieldException("Sync", "-Async and -Sync exclude each other") : true);
        _ = Must(() => Key is not null && !NeedsIdentity
            ? throw new FieldException("Key", "-Key says by what rows are recognised, and is for commands that must, such as those with -Journal") : true);
        _ = Must(() => Checkpoint is not null && Journal is null ? throw new FieldException("Checkpoint", "-Checkpoint is for -Journal") : true);
        _budget = new RunBudget(MaxSubmissions, TimeBudget);
        if (TimeBudget is TimeSpan time)
        {
            Pump.HaltAfter(time);
        }

        _identifier = NeedsIdentity ? new RowIdentifier(Key) : null;
        if (Journal is not null)
        {
            Journal file = Must(() => Client.Journal.Open(GetUnresolvedProviderPathFromPSPath(Journal), Shard, Key), Journal);
            Pump.DisposeLast(file);
            _journal = new RunJournal(file, OnUnknown);
            _checkpoint = Checkpoint is null || IsRehearsal ? null : new JournalCheckpoint(Checkpoint, file);
        }
    }

    /// <summary>The way of a row; its end is written here or while later rows come.</summary>
    protected override void ProcessRecord()
    {
        _rows++;

        // A number is worth telling only where there are rows.
        int? number = MyInvocation.ExpectingInput ? _rows : null;

        // Until it is known who the row is, its place says which shard answers for it.
        bool isOurs = Shard?.HasPlace(_rows) != false;
        try
        {
            if (Identify(number, ref isOurs) is not IdentifiedRow row)
            {
                Tally.OtherShards++;
            }
            else if (HoldsRows)
            {
                _held.Add(row);
            }
            else
            {
                Dispatch(row);
            }
        }
        catch (Exception e) when (IsOfOneRow(e))
        {
            if (isOurs)
            {
                _invalid++;
                Fail(Errors.Record(e, Row, number));
            }
            else
            {
                Tally.OtherShards++;
            }
        }

        EndIfFatal();
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        SendHeld();
        SendReady();
        base.EndProcessing();
        if (Shard is not null && !IsRehearsal)
        {
            // Merging needs the journals of all shards, also of one that no row belongs to.
            Keep(() => _journal?.Create());
        }

        Keep(() => _checkpoint?.KeepChanges());
        EndIfFatal();
        if (_left > 0)
        {
            string next = Journal is null ? "" : " The same command with the same journal goes on with them.";
            WriteWarning($"Rows not sent: {_left}, because {_budget.Exhausted}.{next}");
        }

        if (_rows > 1)
        {
            WriteInformation($"{MyInvocation.MyCommand.Name}: {Tally}.", ["Truebit", "Summary"]);
        }
    }

    /// <summary>Whether -WhatIf is on; then nothing is written anywhere.</summary>
    private bool IsRehearsal => MyInvocation.BoundParameters.TryGetValue("WhatIf", out object? given)
        ? (SwitchParameter)given
        : LanguagePrimitives.IsTrue(GetVariableValue("WhatIfPreference"));

    /// <summary>Who the row is, and what earlier runs have written of it; null where another shard deals with it.</summary>
    /// <exception cref="FieldException">The row cannot be sent.</exception>
    private IdentifiedRow? Identify(int? number, ref bool isOurs)
    {
        if (Row is null && MyInvocation.ExpectingInput)
        {
            throw new FieldException("row", "it is null, and executing a task for nothing would cost money");
        }

        string? key = _identifier?.KeyOf(Row);
        if (key is not null && !(isOurs = IsOurs(RowIdentity.OfKey(key))))
        {
            return null;
        }

        BoundRow row = CheckedBind();
        RowIdentity identity = _identifier?.Identify(row.Request, key) ?? default;
        if (!(isOurs = IsOurs(identity)))
        {
            return null;
        }

        (string? rowId, JournalEntry? earlier) = _journal?.Find(row, identity, key) ?? default;
        return new IdentifiedRow(WithIdentity(row, identity), number, identity, key, rowId, earlier);
    }

    private bool IsOurs(RowIdentity row) => Shard?.Has(row) != false;

    private BoundRow CheckedBind()
    {
        BoundRow row = Bind(Row);
        if (row.Problems.Count > 0)
        {
            throw TaskProblems.ToException(row.Problems);
        }

        if (row.Request.ExecutionTimeout < ShortestUsual && !_hasWarnedOfTime)
        {
            _hasWarnedOfTime = true;
            WriteWarning($"ExecutionTimeout is {row.Request.ExecutionTimeout}: by all evidence the hub counts milliseconds.");
        }

        return row;
    }

    /// <summary>What goes wrong with one row; the others go on.</summary>
    private static bool IsOfOneRow(Exception error) => error is FieldException or ErrorException or JournalException;

    /// <summary>Sends the rows that were held back until all were checked, or none of them.</summary>
    private void SendHeld()
    {
        if (HoldsRows && _invalid > 0)
        {
            ThrowTerminatingError(Errors.NotSent($"{_invalid} of {_rows} rows are not valid, so none was sent", target: null, number: null));
        }

        foreach (IdentifiedRow row in _held)
        {
            try
            {
                Dispatch(row);
            }
            catch (Exception e) when (IsOfOneRow(e))
            {
                Fail(Errors.Record(e, row.Row.Row, row.Number));
            }

            EndIfFatal();
        }
    }
}
