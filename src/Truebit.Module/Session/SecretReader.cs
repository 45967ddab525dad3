using System.Management.Automation;
using System.Security;
using Truebit.Client;

namespace Truebit.Session;

/// <summary>
/// Reads secrets through SecretManagement's own cmdlet, in the caller's runspace, so that prompts and unlocked
/// vaults work. Each secret is read once per command. Pipeline thread only.
/// </summary>
internal sealed class SecretReader(CommandInvocationIntrinsics commands)
{
    private const string Module = @"Microsoft.PowerShell.SecretManagement\";
    private const string Cmdlet = Module + "Get-Secret";
    private const string VaultCmdlet = Module + "Get-SecretVault";
    private readonly Dictionary<SecretReference, SecretText> _known = [];

    /// <summary>Reads the secret's text.</summary>
    /// <exception cref="ErrorException">SecretManagement is missing or fails, has no such secret, or the secret is not text.</exception>
    public SecretText Read(SecretReference secret)
    {
        if (!_known.TryGetValue(secret, out SecretText? text))
        {
            text = Get(secret, ActionPreference.Continue, out string? problem) ?? throw new ErrorException(
                "SecretNotFound", ErrorCategory.ObjectNotFound, problem is null ? $"SecretManagement has no {secret.Phrase}" : $"SecretManagement did not return {secret}: {TextGate.Plain.Line(problem)}");
            _known.Add(secret, text);
        }

        return text;
    }

    /// <summary>Whether the secret exists. A vault that cannot be read counts as empty.</summary>
    /// <exception cref="ErrorException">The secret is not text.</exception>
    public bool Has(SecretReference secret)
    {
        try
        {
            return HasVault() && Get(secret, ActionPreference.Ignore, out _) is not null;
        }
        catch (ErrorException e) when (e.ErrorId != "InvalidSecretType")
        {
            return false;
        }
    }

    /// <summary>Whether there is a place where a secret could be. Without one SecretManagement would print how to get one, for whoever asks.</summary>
    private bool HasVault()
    {
        if (commands.GetCommand(VaultCmdlet, CommandTypes.Cmdlet | CommandTypes.Function) is null)
        {
            return false;
        }

        ModuleState.Current.SecretNames.Settle();
        using PowerShell shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        try
        {
            return shell.AddCommand(VaultCmdlet).AddParameter("ErrorAction", ActionPreference.Ignore).AddParameter("WarningAction", ActionPreference.Ignore)
                .Invoke().Count > 0;
        }
        catch (RuntimeException e) when (e is not PipelineStoppedException)
        {
            return false;
        }
    }

    private SecretText? Get(SecretReference secret, ActionPreference onError, out string? problem)
    {
        // Checked first: invoking a missing command would leave an error in $Error.
        if (commands.GetCommand(Cmdlet, CommandTypes.Cmdlet | CommandTypes.Function) is null)
        {
            throw new ErrorException(
                "SecretManagementMissing",
                ErrorCategory.NotInstalled,
                $"To read {secret}, install SecretManagement and a vault: Install-Module Microsoft.PowerShell.SecretManagement, Microsoft.PowerShell.SecretStore");
        }

        ModuleState.Current.SecretNames.Settle();
        using PowerShell shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        shell.AddCommand(Cmdlet).AddParameter("Name", secret.Name).AddParameter("ErrorAction", onError);
        if (secret.Vault is not null)
        {
            shell.AddParameter("Vault", secret.Vault);
        }

        PSObject? found;
        try
        {
            found = shell.Invoke().FirstOrDefault(static item => item is not null);
            problem = shell.Streams.Error.FirstOrDefault()?.ToString();
        }
        catch (RuntimeException e) when (e is not PipelineStoppedException)
        {
            throw new ErrorException("SecretNotFound", ErrorCategory.ReadError, $"SecretManagement could not read {secret}: {TextGate.Plain.Line(e.Message)}");
        }

        return found?.BaseObject switch
        {
            null => null,
            SecureString secure => new SecretText(secure),
            PSCredential credential => new SecretText(credential.Password),
            object other => throw new ErrorException(
                "InvalidSecretType", ErrorCategory.InvalidType, $"{secret} is a {other.GetType().Name}; store a string, a SecureString or a PSCredential."),
        };
    }
}
