using System.Diagnostics;
using System.Management.Automation;
using Truebit.Client;

namespace Truebit.Invoke;

/// <summary>
/// What -Checkpoint does: the user's script keeps copies of the journal in a store that outlives this machine, and is too slow to be
/// written for every row. Rows are sent in batches, each after a copy that says so; a run that goes on with that copy then calls them
/// unknown instead of sending them again. A checkpoint that fails closes the gate. Pipeline thread only.
/// </summary>
internal sealed class JournalCheckpoint(ScriptBlock script, Journal journal, int batchSize, SendGate gate)
{
    /// <summary>
    /// The maximum age of the copy while results are awaited, and so of a lease that the script renews (those of blob storage end
    /// after 60 seconds).
    /// </summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    private readonly Stopwatch _sinceKept = Stopwatch.StartNew();
    private readonly List<RowSubmission> _ready = [];
    private long? _keptLength;
    private bool _hasFailed;

    /// <summary>Adds a row to the batch; sends the batch when it is full.</summary>
    public void Add(RowSubmission row, Action<RowSubmission> start)
    {
        _ready.Add(row);
        if (_ready.Count >= batchSize)
        {
            SendReady(start);
        }
    }

    /// <summary>Writes that the rows of the batch are about to be sent, keeps the journal, and sends them.</summary>
    public void SendReady(Action<RowSubmission> start)
    {
        Queue<RowSubmission> batch = new(_ready);
        _ready.Clear();
        try
        {
            if (batch.Count > 0 && !gate.IsClosed)
            {
                CloseGateOnFailure(() =>
                {
                    foreach (RowSubmission row in batch)
                    {
                        row.Claim();
                    }

                    Keep();
                });
            }

            // If that failed, the closed gate keeps them from leaving, and each ends as not sent.
            while (batch.Count > 0)
            {
                start(batch.Dequeue());
            }
        }
        finally
        {
            // After Ctrl+C, perhaps in the script itself, or an error downstream.
            foreach (RowSubmission notSent in batch)
            {
                notSent.Withdraw();
            }
        }
    }

    /// <summary>Keeps the journal if it has changed, and at least once: the store needs the journal of a shard without rows, too.</summary>
    public void KeepChanges()
    {
        if (!_hasFailed && (_keptLength is null || journal.Length > _keptLength))
        {
            CloseGateOnFailure(Keep);
        }
    }

    /// <summary>Keeps the journal if the last copy is too old.</summary>
    public void KeepIfDue()
    {
        if (!_hasFailed && _sinceKept.Elapsed >= Interval)
        {
            CloseGateOnFailure(Keep);
        }
    }

    private void Keep()
    {
        string copy = NewCopyPath();

        // Whatever ends the script, it is not called again, unless it succeeds.
        _hasFailed = true;
        try
        {
            long length = journal.CopyTo(copy);

            // With Stop: an error that the script would ignore means that there is no copy.
            script.InvokeWithContext(null, [new PSVariable("_", copy), new PSVariable("ErrorActionPreference", ActionPreference.Stop)]);
            _keptLength = length;
            _hasFailed = false;
        }
        catch (Exception e) when (e is (RuntimeException and not PipelineStoppedException) or IOException or UnauthorizedAccessException)
        {
            throw new ErrorException("CheckpointFailed", ErrorCategory.WriteError, $"The checkpoint of '{journal.Path}' failed: {e.Message}");
        }
        finally
        {
            _sinceKept.Restart();
            File.Delete(copy);
        }
    }

    /// <summary>A name that no script takes for a pattern, and that no link waits at.</summary>
    private string NewCopyPath()
    {
        string name = $"{Path.GetFileName(journal.Path)}.{Guid.NewGuid():N}.copy";
        string beside = Path.Combine(Path.GetDirectoryName(journal.Path)!, name);
        return WildcardPattern.ContainsWildcardCharacters(beside) ? Path.Combine(Path.GetTempPath(), $"truebit-{Guid.NewGuid():N}.copy") : beside;
    }

    /// <summary>A row that is sent after a line or a copy has failed could be paid for twice.</summary>
    private void CloseGateOnFailure(Action step)
    {
        try
        {
            step();
        }
        catch (TruebitException e)
        {
            gate.End(e, journal.Path);
        }
    }
}
