using System.Management.Automation;
using Truebit.Client;
using Truebit.Pump;
using Truebit.Session;

namespace Truebit.Invoke;

/// <summary>
/// Brings each row to its end, as the journal and the gate say: sends it, follows or replays what an earlier run has sent, or reports
/// it. Pipeline thread only; what a worker does for a row is in <see cref="RowSubmission"/>.
/// </summary>
internal sealed class RowDispatcher
{
    private readonly PSCmdlet _cmdlet;
    private readonly RunOptions _options;
    private readonly HubConnection _hub;
    private readonly SendGate _gate;
    private readonly RunJournal? _journal;
    private readonly JournalCheckpoint? _checkpoint;
    private readonly InFlight _inFlight = new();
    private bool _isComplete;

    public RowDispatcher(PSCmdlet cmdlet, RunOptions options, HubConnection hub, SendGate gate, RunJournal? journal, JournalCheckpoint? checkpoint)
    {
        _cmdlet = cmdlet;
        _options = options;
        _hub = hub;
        _gate = gate;
        _journal = journal;
        _checkpoint = checkpoint;
        Queue = new ExecutionQueue(cmdlet, hub, options.ThrottleLimit)
        {
            Rows = options.Rows,
            Total = options.Total,
            Tally = new RunTally { Gas = gate.Gas },
            TryHandleFailure = TryHandleFailure,
            OnTick = () => checkpoint?.KeepIfDue(),
        };
    }

    /// <summary>Writes results and errors, and counts them.</summary>
    public ExecutionQueue Queue { get; }

    /// <summary>What came of the last try to keep the journal; null if no checkpoint has failed.</summary>
    public string? LastTry => _checkpoint?.LastTry;

    /// <summary>What would be sent, with -WhatIf.</summary>
    public Forecast Forecast { get; } = new();

    /// <summary>What was paid for without a result, if the run was ended early, and what to do about it; null if there is nothing to say.</summary>
    public string? WhatIsLeft
    {
        get
        {
            (int paid, int sent) = (_inFlight.Accepted + _hub.Pump.Untaken, _inFlight.Sent);
            if (_isComplete || paid + sent == 0)
            {
                return null;
            }

            string onWire = sent > 0 ? $" {sent} more were sent and may be executed." : "";
            string next = _journal is null
                ? "Get-TruebitExecution -Wait gets their results, in this session only. With -Journal, the same command could go on later."
                : "Run the same command with the same journal to get their results and to go on.";
            return $"Ended early. {paid} executions are paid for whose results were not written.{onWire} {next}";
        }
    }

    /// <summary>Does with the row what the journal says; a row that the journal does not know is sent.</summary>
    public void Dispatch(RunRow row)
    {
        RowSubmission submission = new(row, _hub, _journal, _inFlight);
        try
        {
            switch (_journal?.Decide(row) ?? RowAction.Send)
            {
                case RowAction.Replay:
                    Queue.Tally.Replayed++;
                    Queue.Write(submission.Replay(), isReplayed: true);
                    break;
                case RowAction.Follow:
                    Follow(submission);
                    break;
                case RowAction.Report:
                    _journal!.Renumber(row, isWhatIf: _options.IsWhatIf);
                    Queue.Fail(row.Earlier is null ? Errors.MaybeLost(row.Ref) : Errors.StillUnknown(row.Earlier, row.Ref));
                    break;
                case RowAction.Skip:
                    Queue.Tally.NotSent++;
                    Queue.Tell(row.Ref, Errors.NotSentId, "Skipped by -OnUnknown Skip: its outcome is still unknown.");
                    break;
                default:
                    Send(submission);
                    break;
            }
        }
        catch (TruebitException e)
        {
            Queue.Fail(Errors.ToErrorRecord(e, row.Ref));
        }
    }

    /// <summary>Sends what waits for a checkpoint, writes all that is in flight, and keeps the journal.</summary>
    public void Complete()
    {
        _checkpoint?.SendReady(Start);
        Queue.Drain();
        _isComplete = true;
        if (_options.CreatesJournal)
        {
            _journal?.Create();
        }

        _checkpoint?.KeepChanges();
    }

    private void Follow(RowSubmission submission)
    {
        RunRow row = submission.Row;
        if (_cmdlet.ShouldProcess(row.Description, $"Ask for execution {row.Earlier!.ExecutionId}"))
        {
            submission.RestoreFromJournal();
            Queue.Submit(row.Ref, () => submission.FollowAsync(_options.Timeout));
        }
    }

    private void Send(RowSubmission submission)
    {
        RunRow row = submission.Row;
        RowVerdict verdict = _gate.Ask(row.Request.Namespace);
        if (verdict != RowVerdict.Usual)
        {
            Settle(verdict, row.Ref, _gate.WhyNotSent(row.Request.Namespace));
        }
        else if (_options.IsWhatIf)
        {
            _cmdlet.ShouldProcess($"{row.Description} ({Forecast.Count(row)} bytes)", _options.Action);
        }
        else if (!_cmdlet.ShouldProcess(row.Description, _options.Action))
        {
            Queue.Tell(row.Ref, Errors.NotSentId, "Not confirmed.");
        }
        else
        {
            _gate.CountSubmission();
            if (_checkpoint is null)
            {
                Start(submission);
            }
            else
            {
                _checkpoint.Add(submission, Start);
            }
        }
    }

    private void Start(RowSubmission submission)
    {
        Queue.Tally.Submitted++;
        Queue.Submit(submission.Row.Ref, () => submission.RunAsync(_options.Timeout, _gate));
    }

    private bool TryHandleFailure(ExecutionEnd end)
    {
        RowVerdict verdict = _gate.Judge(end);
        if (verdict == RowVerdict.EndsCommand && end.Error is TruebitException error)
        {
            Queue.Tell(end.Row, error.ErrorId, error.Message);
        }

        Settle(verdict, end.Row, _gate.WhyNotSent(null));
        return verdict != RowVerdict.Usual;
    }

    private void Settle(RowVerdict verdict, RowRef row, string why)
    {
        if (verdict == RowVerdict.NotSent)
        {
            Queue.Fail(Errors.NotSent(why, row));
        }
        else if (verdict == RowVerdict.Left)
        {
            Queue.Tally.NotSent++;
            Queue.Tell(row, Errors.NotSentId, $"Left for another run, because {_gate.WhyLeft}.");
        }
    }
}
