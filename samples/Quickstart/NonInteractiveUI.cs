using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;

namespace Truebit.Quickstart;

/// <summary>Asks nobody anything: what runs here may run where nobody sits, and would wait for ever.</summary>
internal abstract class NonInteractiveUI : PSHostUserInterface
{
    /// <summary>An exception that the engine turns into an error of the command that asked.</summary>
    public static HostException Refusal(string what) =>
        new($"This console does not ask for input, and {what} was asked for. Give it as a parameter, or use pwsh.");

    public override string ReadLine() => throw Refusal("a line of text");

    public override SecureString ReadLineAsSecureString() => throw Refusal("a secret");

    public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions) =>
        throw Refusal(string.Join(", ", descriptions.Select(static field => field.Name)));

    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice) =>
        throw Refusal($"a choice ({caption}: {message})");

    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) =>
        throw Refusal("a credential");

    public override PSCredential PromptForCredential(
        string caption,
        string message,
        string userName,
        string targetName,
        PSCredentialTypes allowedCredentialTypes,
        PSCredentialUIOptions options) => throw Refusal("a credential");
}
