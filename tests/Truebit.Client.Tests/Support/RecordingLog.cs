using System.Collections.Concurrent;

namespace Truebit.Client.Tests.Support;

/// <summary>Keeps what the client says, and lets a test act at that moment.</summary>
internal sealed class RecordingLog : IHubLog
{
    private readonly ConcurrentQueue<string> _warnings = new();
    private readonly ConcurrentQueue<string> _verbose = new();

    public IReadOnlyCollection<string> Warnings => _warnings;

    public IReadOnlyCollection<string> VerboseLines => _verbose;

    public Action OnWarning { get; set; } = () => { };

    public Action OnVerbose { get; set; } = () => { };

    public void Warning(string message)
    {
        _warnings.Enqueue(message);
        OnWarning();
    }

    public void Verbose(string message)
    {
        _verbose.Enqueue(message);
        OnVerbose();
    }
}
