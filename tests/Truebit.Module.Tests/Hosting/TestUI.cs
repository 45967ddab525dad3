using System.Collections.Concurrent;
using System.Collections.ObjectModel;
using System.Diagnostics;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;
using System.Text;

namespace Truebit.Module.Tests.Hosting;

/// <summary>Keeps what is shown, line by line, and the progress with its times.</summary>
public sealed class TestUI : PSHostUserInterface
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly StringBuilder _text = new();

    /// <summary>All that was written, but for progress.</summary>
    public string Text
    {
        get
        {
            lock (_text)
            {
                return _text.ToString();
            }
        }
    }

    public ConcurrentQueue<(TimeSpan At, ProgressRecord Record)> Progress { get; } = new();

    /// <summary>What the user was asked to choose.</summary>
    public ConcurrentQueue<string> Questions { get; } = new();

    /// <summary>What the user answers: yes, yes to all, no, no to all, suspend.</summary>
    public int Choice { get; set; } = 2;

    public TimeSpan Now => _clock.Elapsed;

    public override PSHostRawUserInterface RawUI { get; } = new TestRawUI();

    public override bool SupportsVirtualTerminal => false;

    public override void Write(string value)
    {
        lock (_text)
        {
            _text.Append(GetOutputString(value, SupportsVirtualTerminal));
        }
    }

    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) => Write(value);

    public override void WriteLine(string value) => Write(value + "\n");

    public override void WriteErrorLine(string value) => WriteLine(value);

    public override void WriteDebugLine(string message) => WriteLine("DEBUG: " + message);

    public override void WriteVerboseLine(string message) => WriteLine("VERBOSE: " + message);

    public override void WriteWarningLine(string message) => WriteLine("WARNING: " + message);

    public override void WriteProgress(long sourceId, ProgressRecord record) => Progress.Enqueue((_clock.Elapsed, record));

    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
    {
        Questions.Enqueue($"{caption} {message}");
        return Choice;
    }

    public override string ReadLine() => throw Refusal();

    public override SecureString ReadLineAsSecureString() => throw Refusal();

    public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions) => throw Refusal();

    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) => throw Refusal();

    public override PSCredential PromptForCredential(
        string caption,
        string message,
        string userName,
        string targetName,
        PSCredentialTypes allowedCredentialTypes,
        PSCredentialUIOptions options) => throw Refusal();

    private static HostException Refusal() => new("Nobody is here to answer.");
}
