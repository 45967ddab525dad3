using System.Globalization;
using System.Management.Automation.Host;

namespace Truebit.Module.Tests.Hosting;

/// <summary>A host that somebody could sit before; it keeps what it was told to show.</summary>
public sealed class TestHost(string name) : PSHost
{
    private readonly TestUI _ui = new();

    public TestUI Screen => _ui;

    public override string Name => name;

    public override Version Version { get; } = new(1, 0);

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override PSHostUserInterface UI => _ui;

    public override CultureInfo CurrentCulture => CultureInfo.InvariantCulture;

    public override CultureInfo CurrentUICulture => CultureInfo.InvariantCulture;

    public override void SetShouldExit(int exitCode)
    {
    }

    public override void EnterNestedPrompt() => throw new NotSupportedException();

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
