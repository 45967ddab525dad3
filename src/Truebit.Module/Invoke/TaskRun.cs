using System.Management.Automation;
using Truebit.Pump;
using Truebit.Rows;

namespace Truebit.Invoke;

/// <summary>
/// A run of Invoke-TruebitTask or Invoke-TruebitFunction, from the first row to the summary: which rows are dealt with, and when the
/// run ends. Pipeline thread only.
/// </summary>
internal sealed class TaskRun(PSCmdlet cmdlet, RunOptions options, RowIntake intake, UnmetRows unmet, RowDispatcher dispatcher, SendGate gate)
{
    private readonly List<RunRow> _held = [];
    private int _invalid;

    /// <summary>What was paid for without a result, if the run was ended early, and what to do about it; null if there is nothing to say.</summary>
    public string? WhatIsLeft => dispatcher.WhatIsLeft;

    /// <summary>Takes a row. Its result or error is written here, or while later rows are taken.</summary>
    public void Add(PSObject? row, bool isPiped)
    {
        Admission admission = Admit(row, isPiped);
        if (admission.Problem is not null)
        {
            _invalid++;
            dispatcher.Queue.Fail(Errors.ToErrorRecord(admission.Problem, new RowRef(row, admission.Number)));
        }
        else if (admission.IsPassedOver)
        {
            dispatcher.Queue.Tell(new RowRef(row, admission.Number), "Empty", "It has no value in any column. Nothing was sent for it.");
        }
        else if (admission.Row is not RunRow ours)
        {
            dispatcher.Queue.Tally.OtherShards++;
        }
        else if (options.HoldsRows)
        {
            _held.Add(ours);
        }
        else
        {
            Dispatch(ours);
        }

        EndIfFatal();
    }

    /// <summary>No more rows come: sends those that were held, waits for all, and writes the summary.</summary>
    public void End()
    {
        DispatchHeld();
        DispatchAll(unmet.Complete, target: null);
        dispatcher.Complete();
        EndIfFatal();
        if (intake.EmptyRows > 0)
        {
            cmdlet.WriteWarning($"{intake.EmptyRows} of {intake.Count} rows have no value in any column. Nothing was sent for them.");
        }

        if (gate.Left > 0)
        {
            string next = options.HasJournal ? " Run the same command with the same journal to send them." : "";
            cmdlet.WriteWarning($"Rows not sent: {gate.Left}, because {gate.WhyLeft}.{next}");
        }

        if (options.IsWhatIf && intake.IsPiped)
        {
            dispatcher.Forecast.Tell(cmdlet, _invalid, dispatcher.Queue.Tally);
        }
        else if (intake.Count > 1)
        {
            cmdlet.WriteInformation(new TruebitRunSummary(cmdlet.MyInvocation.MyCommand.Name, intake.Count, intake.EmptyRows, dispatcher.Queue.Tally), ["Truebit", "Summary"]);
        }
    }

    private void Dispatch(RunRow row) => DispatchAll(() => unmet.Add(row), row.InputObject);

    private void DispatchAll(Func<IReadOnlyList<RunRow>> take, object? target)
    {
        IReadOnlyList<RunRow> ready = [];
        OrThrowTerminating(() => ready = take(), target);
        foreach (RunRow row in ready)
        {
            dispatcher.Dispatch(row);
        }
    }

    private Admission Admit(PSObject? row, bool isPiped)
    {
        Admission admission = default;
        OrThrowTerminating(() => admission = intake.Admit(row, isPiped), row);
        return admission;
    }

    private void OrThrowTerminating(Action step, object? target)
    {
        try
        {
            step();
        }
        catch (InputException e)
        {
            cmdlet.ThrowTerminatingError(Errors.ToErrorRecord(e, target));
        }
    }

    /// <summary>Sends the rows that were held until all were checked, or none of them.</summary>
    private void DispatchHeld()
    {
        if (options.HoldsRows && _invalid > 0)
        {
            foreach (RunRow row in _held)
            {
                dispatcher.Queue.Tell(row.Ref, Errors.NotSentId, $"Not sent, because {_invalid} rows are not valid (-RequireAllValid).");
            }

            cmdlet.ThrowTerminatingError(Errors.NotSent($"{_invalid} of {intake.Count} rows are not valid, so none was sent", new RowRef(null)));
        }

        dispatcher.Queue.Total = options.HoldsRows ? _held.Count : options.Total;
        foreach (RunRow row in _held)
        {
            Dispatch(row);
            EndIfFatal();
        }
    }

    /// <summary>A rejected key or a failed journal ends the command, after the results that were paid for are written.</summary>
    private void EndIfFatal()
    {
        if (gate.FindFatal() is ExecutionEnd fatal)
        {
            dispatcher.Complete();
            string count = gate.FatalRows > 1 ? $" {gate.FatalRows} rows failed like this." : "";
            cmdlet.ThrowTerminatingError(Errors.EndsCommand(fatal, $"{count} Nothing more was sent.{dispatcher.LastTry}"));
        }
    }
}
