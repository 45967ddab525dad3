using System.Globalization;
using System.Management.Automation.Host;

namespace Truebit.Quickstart;

/// <summary>The console as the engine sees it: a place to write to, and the exit code.</summary>
internal sealed class ConsoleHost : PSHost, IDisposable
{
    private readonly ConsoleUI _ui = new();

    /// <summary>What <c>exit N</c> gave; 1 after an error that ended the script.</summary>
    public int ExitCode { get; private set; }

    public override string Name => "Truebit Quickstart";

    public override Version Version { get; } = typeof(ConsoleHost).Assembly.GetName().Version ?? new Version(0, 0);

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override PSHostUserInterface UI => _ui;

    public override CultureInfo CurrentCulture { get; } = CultureInfo.CurrentCulture;

    public override CultureInfo CurrentUICulture { get; } = CultureInfo.CurrentUICulture;

    public override void SetShouldExit(int exitCode) => ExitCode = exitCode;

    /// <summary>Takes back what is not meant to stay on the screen.</summary>
    public void Dispose() => _ui.EndProgress();

    public override void EnterNestedPrompt() => throw ConsoleUI.Refusal("a nested prompt");

    public override void ExitNestedPrompt()
    {
    }

    public override void NotifyBeginApplication()
    {
    }

    public override void NotifyEndApplication()
    {
    }
}
