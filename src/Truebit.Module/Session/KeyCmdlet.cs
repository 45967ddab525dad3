using System.Management.Automation;
using System.Security;
using Truebit.Client;
using Truebit.Completion;

namespace Truebit.Commands;

/// <summary>The parameters that say where the key comes from and which hub it is for.</summary>
public abstract class KeyCmdlet : PSCmdlet
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

    /// <summary>Secrets are read once for a command.</summary>
    private protected SecretReader Secrets => _secrets ??= new SecretReader(InvokeCommand);

    /// <summary>The key's source, where the command line names one.</summary>
    private protected ApiKeySource? GivenKey() =>
        ApiKey is not null ? ApiKeySource.Given(new SecretText(ApiKey), "-ApiKey")
        : SecretName is not null ? ApiKeySource.Secret(new SecretReference(SecretName, Vault))
        : Vault is null ? null
        : throw new ErrorException("InvalidInput", ErrorCategory.InvalidArgument, "-Vault needs -SecretName.");

    /// <summary>Runs a part of the command; what goes wrong in it ends the command, with an error id.</summary>
    private protected T Must<T>(Func<T> part, object? target = null)
    {
        try
        {
            return part();
        }
        catch (Exception e) when (e is ErrorException or Json.FieldException or JournalException)
        {
            ThrowTerminatingError(Errors.Record(e, target));
            throw;
        }
    }
}
