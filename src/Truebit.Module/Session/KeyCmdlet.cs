using System.Management.Automation;
using System.Security;
using Truebit.Client;
using Truebit.Completion;
using Truebit.Session;

namespace Truebit.Commands;

/// <summary>The parameters that name the API key and the hub.</summary>
public abstract class KeyCmdlet : TruebitCmdlet
{
    private SecretReader? _secrets;

    /// <summary>The key itself: a SecureString, a PSCredential (its password) or a string.</summary>
    [Parameter]
    [SecretTransformation]
    public SecureString? ApiKey { get; set; }

    /// <summary>The name of a SecretManagement secret that holds the key.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(SecretCompleter))]
    public string? SecretName { get; set; }

    /// <summary>The vault of <see cref="SecretName"/>.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(SecretCompleter))]
    public string? Vault { get; set; }

    /// <summary>The hub's base address.</summary>
    [Parameter]
    [ValidateNotNull]
    public Uri? Endpoint { get; set; }

    /// <summary>Each secret is read once per command.</summary>
    private protected SecretReader Secrets => _secrets ??= new SecretReader(InvokeCommand, SessionState);

    /// <summary>The key's source if the command line names one.</summary>
    private protected ApiKeySource? GivenKey() =>
        ApiKey is not null ? ApiKeySource.FromKey(new SecretText(ApiKey), "-ApiKey")
        : SecretName is not null ? ApiKeySource.FromSecret(new SecretReference(SecretName, Vault))
        : Vault is null ? null
        : throw new ErrorException("InvalidInput", ErrorCategory.InvalidArgument, "-Vault requires -SecretName.");
}
