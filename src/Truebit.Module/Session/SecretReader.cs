using System.Management.Automation;
using System.Security;
using Truebit.Client;

namespace Truebit;

/// <summary>A secret of SecretManagement, by name; the vault is optional.</summary>
internal sealed record SecretReference(string Name, string? Vault)
{
    public override string ToString() => Vault is null ? $"the secret '{Name}'" : $"the secret '{Name}' of the vault '{Vault}'";
}

/// <summary>
/// Reads secrets through SecretManagement's own cmdlet, in the caller's runspace, so that prompts and unlocked
/// vaults work. Each secret is read once for a command. Use it on the pipeline thread only.
/// </summary>
internal sealed class SecretReader
{
    private const string Cmdlet = @"Microsoft.PowerShell.SecretManagement\Get-Secret";
    private readonly Dictionary<SecretReference, SecretText> _known = [];

    /// <summary>The secret's text.</summary>
    /// <exception cref="ErrorException">SecretManagement is missing, has no such secret, or it holds no text.</exception>
    public SecretText Read(SecretReference secret)
    {
        if (!_known.TryGetValue(secret, out SecretText? text))
        {
            text = TryRead(secret) ?? throw new ErrorException(
                "SecretNotFound", ErrorCategory.ObjectNotFound, $"SecretManagement has no such secret: {secret}.");
            _known.Add(secret, text);
        }

        return text;
    }

    /// <summary>The secret's text, or null where there is none of that name.</summary>
    /// <exception cref="ErrorException">SecretManagement is missing or fails, or the secret holds no text.</exception>
    public static SecretText? TryRead(SecretReference secret)
    {
        using PowerShell shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        shell.AddCommand(Cmdlet).AddParameter("Name", secret.Name).AddParameter("ErrorAction", ActionPreference.SilentlyContinue);
        if (secret.Vault is not null)
        {
            shell.AddParameter("Vault", secret.Vault);
        }

        PSObject? found;
        try
        {
            found = shell.Invoke().FirstOrDefault(static item => item is not null);
        }
        catch (CommandNotFoundException)
        {
            throw new ErrorException(
                "SecretManagementMissing",
                ErrorCategory.NotInstalled,
                $"To read {secret}, install SecretManagement and a vault: Install-Module Microsoft.PowerShell.SecretManagement, Microsoft.PowerShell.SecretStore");
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
