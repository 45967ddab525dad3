using System.Diagnostics;
using System.Management.Automation;
using Truebit.Client;

namespace Truebit.Invoke;

/// <summary>
/// What -Checkpoint does: the user's script keeps copies of the journal in a store that outlives this machine, and is too slow to be
/// written for every row. Rows are sent in batches, each after a copy that says so; a run that goes on with that copy then calls them
/// unknown instead of sending them again. A checkpoint that fails closes the gate. One more is tried when all results are there, because
/// it has the ids of what was in flight. Pipeline thread only.
/// </summary>
internal sealed class JournalCheckpoint(CheckpointScript script, Journal journal, int batchSize, SendGate gate)
{
    /// <summary>
    /// The maximum age of the copy while results are awaited, and so of a lease that the script renews (those of blob storage end
    /// after 60 seconds).
    /// </summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    private readonly Stopwatch _sinceKept = Stopwatch.StartNew();
    private readonly List<RowSubmission> _ready = [];
    private readonly string _copyPath = NewCopyPath(journal.Path);
    private long? _keptLength;
    private int _failures;

    /// <summary>Whether the store has the whole journal after all; null if no checkpoint has failed.</summary>
    public string? LastTry => _failures == 0 ? null
        : _keptLength >= journal.Length ? " A last try at the end has kept the whole journal."
        : $" A last try at the end failed, too: only '{journal.Path}' has all that is known.";

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

    /// <summary>
    /// Keeps the journal if it has changed, and at least once: the store needs the journal of a shard without rows, too. After a failed
    /// checkpoint this is the last try.
    /// </summary>
    public void KeepChanges()
    {
        if (_failures < 2 && (_keptLength is null || journal.Length > _keptLength))
        {
            CloseGateOnFailure(Keep);
        }
    }

    /// <summary>Keeps the journal if the last copy is too old.</summary>
    public void KeepIfDue()
    {
        if (_failures == 0 && _sinceKept.Elapsed >= Interval)
        {
            CloseGateOnFailure(Keep);
        }
    }

    private void Keep()
    {
        // Whatever ends the script, it counts as a failure, unless it succeeds.
        _failures++;
        try
        {
            long length = journal.UpdateCopy(_copyPath);
            if (script.Run(_copyPath) is string failure)
            {
                throw new ErrorException("CheckpointFailed", ErrorCategory.WriteError, $"The checkpoint of '{journal.Path}' failed: {failure}");
            }

            _keptLength = length;
            _failures--;
        }
        finally
        {
            _sinceKept.Restart();
        }
    }

    /// <summary>A name that no script takes for a pattern, and that no link waits at.</summary>
    private static string NewCopyPath(string journal)
    {
        string beside = $"{journal}.{Guid.NewGuid():N}.copy";
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
