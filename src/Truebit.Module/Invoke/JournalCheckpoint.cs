using System.Diagnostics;
using System.Management.Automation;
using Truebit.Client;

namespace Truebit.Bulk;

/// <summary>
/// Keeps copies of the journal where the user's script puts them: in a store that outlives this machine, and is too slow to be
/// written for every row. Pipeline thread only.
/// </summary>
internal sealed class JournalCheckpoint(ScriptBlock keep, Journal journal)
{
    /// <summary>
    /// How long what was written meanwhile may wait for its copy; a lease that the script renews is never older than that either
    /// (those of blob storage end after 60 seconds).
    /// </summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    private readonly Stopwatch _since = Stopwatch.StartNew();
    private long? _kept;
    private bool _hasFailed;

    /// <summary>Keeps the journal as it is now.</summary>
    /// <exception cref="ErrorException">The script failed. It is not called again.</exception>
    /// <exception cref="JournalException">The journal cannot be copied.</exception>
    public void Keep()
    {
        string copy = journal.Path + ".copy";
        _hasFailed = true;
        try
        {
            long length = journal.CopyTo(copy);

            // An error that the script would go on after is a copy that is not kept.
            keep.InvokeWithContext(null, [new PSVariable("_", copy), new PSVariable("ErrorActionPreference", ActionPreference.Stop)]);
            File.Delete(copy);
            _kept = length;
            _hasFailed = false;
        }
        catch (Exception e) when (e is (RuntimeException and not PipelineStoppedException) or IOException or UnauthorizedAccessException)
        {
            throw new ErrorException("CheckpointFailed", ErrorCategory.WriteError, $"The checkpoint of '{journal.Path}' failed: {e.Message}");
        }
        finally
        {
            _since.Restart();
        }
    }

    /// <summary>Keeps the journal if there is something new in it, and once at least: the store must have one of a shard that has no row.</summary>
    public void KeepChanges()
    {
        if (!_hasFailed && (_kept is null || journal.Length > _kept))
        {
            Keep();
        }
    }

    /// <summary>Keeps the journal if it is time to.</summary>
    public void KeepInTime()
    {
        if (!_hasFailed && _since.Elapsed >= Interval)
        {
            Keep();
        }
    }
}
