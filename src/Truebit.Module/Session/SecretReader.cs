using System.Management.Automation;
using System.Security;
using Truebit.Client;

namespace Truebit.Session;

/// <summary>
/// Reads secrets through SecretManagement's own cmdlet, in the caller's runspace, so that prompts and unlocked
/// vaults work. Each secret is read once for a command. Use it on the pipeline thread only.
/// </summary>
internal sealed class SecretReader(CommandInvocationIntrinsics commands)
{
    private const string Cmdlet = @"Microsoft.PowerShell.SecretManagement\Get-Secret";
    private readonly Dictionary<SecretReference, SecretText> _known = [];

    /// <summary>The secret's text.</summary>
    /// <exception cref="ErrorException">SecretManagement is missing or fails, has no such secret, or it holds no text.</exception>
    public SecretText Read(SecretReference secret)
    {
        if (!_known.TryGetValue(secret, out SecretText? text))
        {
            text = Get(secret, ActionPreference.Continue, out string? problem) ?? throw new ErrorException(
                "SecretNotFound", ErrorCategory.ObjectNotFound, $"SecretManagement does not give {secret}: {problem ?? "there is none of that name"}");
            _known.Add(secret, text);
        }

        return text;
    }

    /// <summary>Whether there is a secret of that name; a vault that cannot be read has none.</summary>
    /// <exception cref="ErrorException">The secret holds no text.</exception>
    public bool Has(SecretReference secret)
    {
        try
        {
            return Get(secret, ActionPreference.Ignore, out _) is not null;
        }
        catch (ErrorException e) when (e.ErrorId != "InvalidSecretType")
        {
            return false;
        }
    }

    private SecretText? Get(SecretReference secret, ActionPreference onError, out string? problem)
    {
        // Looked for first: asking for a command that is missing would leave an error in $Error.
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
            throw new ErrorException("SecretNotFound", ErrorCategory.ReadError, $"SecretManagement could not read {secret}: {e.Message}");
        }

        return found?.BaseObject switch
        {
            null => null,
            SecureString secure => new SecretText(secure),
            PSCredential credential => new SecretText(credential.Password),
            object other => throw new ErrorException(
                "InvalidSecretType", ErrorCategory.InvalidType, $"{secret} is a {other.GetType().Name}; a string, a SecureString or a PSCredential is needed."),
        };
    }
}
