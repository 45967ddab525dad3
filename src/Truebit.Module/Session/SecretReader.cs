using System.Collections;
using System.Management.Automation;
using System.Security;
using Truebit.Client;

namespace Truebit.Session;

/// <summary>
/// Reads secrets through SecretManagement's own cmdlet, in the caller's runspace, so that prompts and unlocked
/// vaults work. Each secret is read once per command. Pipeline thread only.
/// </summary>
internal sealed class SecretReader(CommandInvocationIntrinsics commands, SessionState session)
{
    private const string Module = @"Microsoft.PowerShell.SecretManagement\";
    private const string Cmdlet = Module + "Get-Secret";
    private const string VaultCmdlet = Module + "Get-SecretVault";
    private readonly Dictionary<SecretReference, SecretText> _known = [];

    /// <summary>Reads the secret's text.</summary>
    /// <exception cref="ErrorException">SecretManagement is missing, has no such secret, or cannot read it, or the secret is not text.</exception>
    public SecretText Read(SecretReference secret)
    {
        if (_known.TryGetValue(secret, out SecretText? text))
        {
            return text;
        }

        if (!Has(Cmdlet))
        {
            throw new ErrorException(
                "SecretManagementMissing",
                ErrorCategory.NotInstalled,
                $"To read {secret}, install SecretManagement and a vault: Install-Module Microsoft.PowerShell.SecretManagement, Microsoft.PowerShell.SecretStore");
        }

        text = Get(secret, out IReadOnlyList<Exception> failures) ?? throw VaultNotReadable(secret, failures) ?? new ErrorException(
            "SecretNotFound",
            ErrorCategory.ObjectNotFound,
            failures.Count == 0 ? $"SecretManagement has no {secret.Phrase}. Get-SecretInfo lists the names." : $"SecretManagement did not return {secret}: {TextGate.Plain.Line(failures[0].Message).TrimEnd('.')}. Get-SecretInfo lists the names, Get-SecretVault the vaults.");
        _known.Add(secret, text);
        return text;
    }

    /// <summary>Whether the secret is there. Leaves no errors behind.</summary>
    /// <param name="secret">A secret that may not be there.</param>
    /// <param name="problem">Why that is not known; null where it is.</param>
    /// <exception cref="ErrorException">The secret is not text.</exception>
    public bool Has(SecretReference secret, out ErrorException? problem)
    {
        problem = null;
        if (_known.ContainsKey(secret))
        {
            return true;
        }

        ArrayList? errors = session.PSVariable.GetValue("Error") as ArrayList;
        object? last = errors?.Count > 0 ? errors[0] : null;
        if (!Has(Cmdlet) || !HasVault())
        {
            return false;
        }

        SecretText? text = Get(secret, out IReadOnlyList<Exception> failures);
        while (errors?.Count > 0 && !ReferenceEquals(errors[0], last))
        {
            errors.RemoveAt(0);
        }

        if (text is null)
        {
            problem = VaultNotReadable(secret, failures);
            return false;
        }

        _known.Add(secret, text);
        return true;
    }

    /// <summary>The error of a vault that is locked, or fails in another way; null where all that failed is that the secret is not there.</summary>
    private static ErrorException? VaultNotReadable(SecretReference secret, IReadOnlyList<Exception> failures)
    {
        Exception? failure = failures.FirstOrDefault(static failure => !Chain(failure).Any(static e => e is ItemNotFoundException));
        if (failure is null)
        {
            return null;
        }

        // The type is SecretManagement's own, and there is no reference to it.
        bool isLocked = Chain(failure).Any(static e => e.GetType().Name == "PasswordRequiredException");
        string said = TextGate.Plain.Line(string.Join(": ", Chain(failure).Select(static e => e.Message.TrimEnd('.')).Distinct())) + ".";
        return new ErrorException(
            "VaultNotReadable",
            ErrorCategory.AuthenticationError,
            isLocked
                ? $"A vault is locked, so {secret} could not be read. Unlock it first (SecretStore: Unlock-SecretStore); about_Truebit_Unattended says how a job does without a prompt. The vault says: {said}"
                : $"A vault failed, so {secret} could not be read. If it is locked, unlock it first (SecretStore: Unlock-SecretStore); about_Truebit_Unattended says how a job does without a prompt. The vault says: {said}");
    }

    private static IEnumerable<Exception> Chain(Exception e)
    {
        for (Exception? one = e; one is not null; one = one.InnerException)
        {
            yield return one;
        }
    }

    /// <summary>Checked before it is invoked: a missing command would leave an error in $Error.</summary>
    private bool Has(string command) => commands.GetCommand(command, CommandTypes.Cmdlet | CommandTypes.Function) is not null;

    /// <summary>Whether there is a place where a secret could be. Without one SecretManagement would print how to get one, for whoever asks.</summary>
    private bool HasVault()
    {
        if (!Has(VaultCmdlet))
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

    /// <summary>The secret's text; null where it cannot be had.</summary>
    private static SecretText? Get(SecretReference secret, out IReadOnlyList<Exception> failures)
    {
        ModuleState.Current.SecretNames.Settle();
        using PowerShell shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        shell.AddCommand(Cmdlet).AddParameter("Name", secret.Name).AddParameter("ErrorAction", ActionPreference.Continue);
        if (secret.Vault is not null)
        {
            shell.AddParameter("Vault", secret.Vault);
        }

        List<Exception> all = [];
        failures = all;
        PSObject? found = null;
        try
        {
            found = shell.Invoke().FirstOrDefault(static item => item is not null);
        }
        catch (RuntimeException e) when (e is not PipelineStoppedException)
        {
            all.Add(e.InnerException ?? e);
        }

        // SecretManagement says by the exception that a secret is not there, a vault's own script perhaps by the category only.
        all.AddRange(shell.Streams.Error.Select(static error =>
            error.CategoryInfo.Category == ErrorCategory.ObjectNotFound ? new ItemNotFoundException($"{error}") : error.Exception));
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
