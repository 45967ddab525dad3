namespace Truebit.Client;

/// <summary>Says of a journal that its hub has moved.</summary>
public static class JournalMove
{
    /// <summary>Gives the journal another hub. Its rows stay as they are.</summary>
    /// <exception cref="JournalException">One of the hubs is a sandbox, another run writes the journal, or it cannot be written.</exception>
    public static void Run(string path, Uri endpoint)
    {
        using Journal journal = Journal.OpenExisting(path);
        JournalHub hub = JournalHub.Create(endpoint);
        if (journal.Hub.IsLocal || hub.IsLocal)
        {
            throw new JournalException(
                "JournalHubMismatch",
                $"The journal '{path}' is of {journal.Hub}. A sandbox's executions are known to that sandbox only, so its journal cannot be used with {hub}. Nothing was changed.");
        }

        JournalFile.Create(
            path,
            journal.Header with { Hub = hub },
            journal.WholeEntries(),
            replaces: true);
    }
}
