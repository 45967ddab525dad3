using System.Management.Automation;
using Truebit.Client;

namespace Truebit.Bulk;

/// <summary>What the command line says of a run.</summary>
internal sealed record RunOptions
{
    /// <summary>What is done to a row, for -WhatIf and -Confirm.</summary>
    public required string Action { get; init; }

    public required int ThrottleLimit { get; init; }

    public required TimeSpan Timeout { get; init; }

    /// <summary>Whether no row is sent before all are checked.</summary>
    public bool HoldsRows { get; init; }

    /// <summary>The journal's path, as it was given.</summary>
    public string? Journal { get; init; }

    /// <summary>Whether the journal is begun even where no row is sent: merging needs those of all shards.</summary>
    public bool CreatesJournal { get; init; }
}

/// <summary>
/// A run of Invoke-TruebitTask or Invoke-TruebitFunction: takes rows as they come, and brings each to its end. Pipeline thread only;
/// what workers do for a row is in <see cref="RowSubmission"/>.
/// </summary>
internal sealed class TaskRun
{
    private readonly PSCmdlet _cmdlet;
    private readonly RunOptions _options;
    private readonly HubConnection _hub;
    private readonly ExecutionPump _pump;
    private readonly RowIntake _intake;
    private readonly RunJournal? _journal;
    private readonly JournalCheckpoint? _checkpoint;
    private readonly SendGate _gate;
    private readonly ExecutionQueue _queue;
    private readonly List<RunRow> _held = [];
    private readonly List<RowSubmission> _ready = [];
    private int _invalid;

    public TaskRun(
        PSCmdlet cmdlet,
        RunOptions options,
        HubConnection hub,
        ExecutionPump pump,
        SendGate gate,
        RowIntake intake,
        RunJournal? journal,
        JournalCheckpoint? checkpoint)
    {
        _cmdlet = cmdlet;
        _options = options;
        _hub = hub;
        _pump = pump;
        _intake = intake;
        _journal = journal;
        _checkpoint = checkpoint;
        _gate = gate;
        _queue = new ExecutionQueue(cmdlet, pump, options.ThrottleLimit)
        {
            Handle = Handle,
            OnTick = () => Keep(() => _checkpoint?.KeepInTime()),
        };
    }

    /// <summary>Takes a row; its end is written here or while later rows come.</summary>
    public void Add(PSObject? row, bool isPiped)
    {
        Admission admission = _intake.Admit(row, isPiped);
        if (admission.Problem is not null)
        {
            _invalid++;
            _queue.Fail(Errors.Record(admission.Problem, row, admission.Number));
        }
        else if (admission.Row is not RunRow ours)
        {
            _queue.Tally.OtherShards++;
        }
        else if (_options.HoldsRows)
        {
            _held.Add(ours);
        }
        else
        {
            Dispatch(ours);
        }

        EndIfFatal();
    }

    /// <summary>No more rows come: sends those that were held, waits for all, and tells the numbers.</summary>
    public void End()
    {
        SendHeld();
        SendReady();
        _queue.Drain();
        if (_options.CreatesJournal)
        {
            Keep(() => _journal?.Create());
        }

        Keep(() => _checkpoint?.KeepChanges());
        EndIfFatal();
        if (_gate.Left > 0)
        {
            string next = _journal is null ? "" : " The same command with the same journal goes on with them.";
            _cmdlet.WriteWarning($"Rows not sent: {_gate.Left}, because {_gate.WhyLeft}.{next}");
        }

        if (_intake.Count > 1)
        {
            _cmdlet.WriteInformation($"{_cmdlet.MyInvocation.MyCommand.Name}: {_queue.Tally}.", ["Truebit", "Summary"]);
        }
    }

    /// <summary>Sends the rows that were held until all were checked, or none of them.</summary>
    private void SendHeld()
    {
        if (_options.HoldsRows && _invalid > 0)
        {
            _cmdlet.ThrowTerminatingError(Errors.NotSent($"{_invalid} of {_intake.Count} rows are not valid, so none was sent", target: null, number: null));
        }

        foreach (RunRow row in _held)
        {
            Dispatch(row);
            EndIfFatal();
        }
    }

    /// <summary>Does what the journal says is to be done with the row.</summary>
    private void Dispatch(RunRow row)
    {
        RowSubmission submission = new(row, _hub, _journal);
        try
        {
            switch (_journal?.Decide(row.Earlier) ?? RowAction.Send)
            {
                case RowAction.Replay:
                    _queue.Tally.Replayed++;
                    _queue.Write(submission.Replay());
                    break;
                case RowAction.Follow:
                    if (_cmdlet.ShouldProcess(row.Task, $"Ask for execution {row.Earlier!.ExecutionId}"))
                    {
                        submission.Recall();
                        _queue.Submit(row.Number, row.Target, () => submission.FollowAsync(_options.Timeout, _pump));
                    }

                    break;
                case RowAction.Report:
                    _queue.Fail(Errors.StillUnknown(row.Earlier!, row.Target, row.Number));
                    break;
                case RowAction.Skip:
                    _queue.Tally.NotSent++;
                    break;
                default:
                    Send(submission);
                    break;
            }
        }
        catch (Exception e) when (RowIntake.IsOfOneRow(e))
        {
            _queue.Fail(Errors.Record(e, row.InputObject, row.Number));
        }
    }

    private void Send(RowSubmission submission)
    {
        RunRow row = submission.Row;
        RowVerdict verdict = _gate.Ask();
        if (verdict != RowVerdict.Usual)
        {
            Settle(verdict, row.Target, row.Number);
        }
        else if (_cmdlet.ShouldProcess(row.Task, _options.Action))
        {
            _gate.Pass();
            if (_checkpoint is null)
            {
                Start(submission);
                return;
            }

            _ready.Add(submission);
            if (_ready.Count >= _options.ThrottleLimit)
            {
                SendReady();
            }
        }
    }

    private void Start(RowSubmission submission)
    {
        _queue.Tally.Submitted++;
        _queue.Submit(submission.Row.Number, submission.Row.Target, () => submission.RunAsync(_options.Timeout, _pump, _gate));
    }

    /// <summary>
    /// With a checkpoint: claims the rows that are ready, has the journal that says so kept elsewhere, and sends them. So the copy knows
    /// of every request that can have left, and a run that goes on with it calls those unknown instead of sending them again.
    /// </summary>
    private void SendReady()
    {
        Queue<RowSubmission> ready = new(_ready);
        _ready.Clear();
        try
        {
            if (ready.Count > 0 && !_pump.Halted.IsCancellationRequested)
            {
                Keep(() =>
                {
                    foreach (RowSubmission submission in ready)
                    {
                        submission.Claim();
                    }

                    _checkpoint!.Keep();
                });
            }

            while (ready.Count > 0)
            {
                Start(ready.Dequeue());
            }
        }
        finally
        {
            // After Ctrl+C, perhaps in the script itself, or an error downstream.
            foreach (RowSubmission notSent in ready)
            {
                notSent.Withdraw();
            }
        }
    }

    /// <summary>A journal or a copy of it that cannot be written ends the command: a row that is sent after it could be paid for twice.</summary>
    private void Keep(Action keep)
    {
        try
        {
            keep();
        }
        catch (Exception e) when (e is ErrorException or JournalException)
        {
            _gate.End(e, _options.Journal);
        }
    }

    private bool Handle(ExecutionEnd end)
    {
        RowVerdict verdict = _gate.Judge(end);
        Settle(verdict, end.Target, end.Number);
        return verdict != RowVerdict.Usual;
    }

    private void Settle(RowVerdict verdict, object? target, int? number)
    {
        if (verdict == RowVerdict.NotSent)
        {
            _queue.Fail(Errors.NotSent(_gate.WhyNotSent, target, number));
        }
        else if (verdict == RowVerdict.Left)
        {
            _queue.Tally.NotSent++;
        }
    }

    /// <summary>A refused key or a failed journal ends the command, once the results that were paid for are written.</summary>
    private void EndIfFatal()
    {
        // A line that is missing after the fact, perhaps the last row's, was no failure of that row.
        if (_gate.Fatal is null && _journal?.Failure is JournalException failure)
        {
            _gate.End(failure, _options.Journal);
        }

        if (_gate.Fatal is not ExecutionEnd fatal)
        {
            return;
        }

        SendReady();
        _queue.Drain();
        Keep(() => _checkpoint?.KeepChanges());
        string count = _gate.FatalRows > 1 ? $" {_gate.FatalRows} rows ended like this." : "";
        _cmdlet.ThrowTerminatingError(Errors.EndsCommand(fatal, $"{count} Nothing more was sent."));
    }
}
