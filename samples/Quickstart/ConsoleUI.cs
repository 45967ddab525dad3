using System.Management.Automation;
using System.Management.Automation.Host;

namespace Truebit.Quickstart;

/// <summary>Writes the engine's streams to the console in the colours and with the prefixes that pwsh gives them.</summary>
internal sealed class ConsoleUI : NonInteractiveUI
{
    private readonly ProgressLine _progress = new();

    public ConsoleUI()
    {
        // A file and a pipe get text only.
        if (!SupportsVirtualTerminal)
        {
            PSStyle.Instance.OutputRendering = OutputRendering.PlainText;
        }
    }

    public override PSHostRawUserInterface RawUI { get; } = new ConsoleRawUI();

    public override bool SupportsVirtualTerminal { get; } =
        !Console.IsOutputRedirected
        && Environment.GetEnvironmentVariable("NO_COLOR") is null
        && Environment.GetEnvironmentVariable("TERM") != "dumb"
        // The old Windows console would print the escape sequences; Windows Terminal says who it is.
        && (!OperatingSystem.IsWindows() || Environment.GetEnvironmentVariable("WT_SESSION") is not null);

    public override void Write(string value)
    {
        _progress.Clear();
        Console.Out.Write(GetOutputString(value, SupportsVirtualTerminal));
    }

    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) => Write(value);

    public override void WriteLine(string value) => Write(value + Environment.NewLine);

    public override void WriteErrorLine(string value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            _progress.Clear();
            Console.Error.WriteLine(GetOutputString(value, SupportsVirtualTerminal && !Console.IsErrorRedirected));
        }
    }

    public override void WriteWarningLine(string message) => WriteStyled(PSStyle.Instance.Formatting.Warning, "WARNING: " + message);

    public override void WriteVerboseLine(string message) => WriteStyled(PSStyle.Instance.Formatting.Verbose, "VERBOSE: " + message);

    public override void WriteDebugLine(string message) => WriteStyled(PSStyle.Instance.Formatting.Debug, "DEBUG: " + message);

    public override void WriteProgress(long sourceId, ProgressRecord record)
    {
        if (!Console.IsOutputRedirected)
        {
            _progress.Show(record, RawUI.WindowSize.Width);
        }
    }

    /// <summary>Removes a progress line that its command left behind.</summary>
    public void EndProgress() => _progress.Clear();

    private void WriteStyled(string style, string text) =>
        WriteLine(SupportsVirtualTerminal ? style + text + PSStyle.Instance.Reset : text);
}
