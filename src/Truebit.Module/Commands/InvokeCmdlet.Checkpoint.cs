using System.Management.Automation;
using Truebit.Bulk;
using Truebit.Client;

namespace Truebit.Commands;

/// <content>-Checkpoint: rows wait until a copy of the journal that tells of them is kept elsewhere.</content>
public abstract partial class InvokeCmdlet
{
    private readonly List<RowSubmission> _ready = [];
    private JournalCheckpoint? _checkpoint;

    /// <summary>
    /// Keeps a copy of the journal elsewhere, with its path as $_: before rows are sent, for as many at a time as ThrottleLimit
    /// says; every 30 seconds while results are awaited; and at the end. When it fails, nothing more is sent.
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    public ScriptBlock? Checkpoint { get; set; }

    /// <inheritdoc/>
    private protected override void Tick()
    {
        base.Tick();
        if (_checkpoint is not null)
        {
            Keep(_checkpoint.KeepInTime);
        }
    }

    /// <summary>
    /// With a checkpoint: writes of the rows that are ready that they are about to be sent, has the journal kept, and sends them. So the
    /// copy knows of every request that can have left, and a run that goes on with it calls those unknown instead of sending them again.
    /// </summary>
    private void SendReady()
    {
        Queue<RowSubmission> ready = new(_ready);
        _ready.Clear();
        try
        {
            if (ready.Count > 0 && !Pump.Halted.IsCancellationRequested)
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
            foreach (RowSubmission notStarted in ready)
            {
                notStarted.Withdraw();
            }
        }
    }

    /// <summary>A checkpoint that fails ends the command: a row that is sent after it could be paid for twice.</summary>
    private void Keep(Action keep)
    {
        try
        {
            keep();
        }
        catch (Exception e) when (e is ErrorException or JournalException)
        {
            _fatal ??= new ExecutionEnd(null, Journal, null, e);
            Pump.Halt();
        }
    }
}
