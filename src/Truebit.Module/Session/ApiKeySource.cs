using System.Management.Automation;
using Truebit.Client;

namespace Truebit.Session;

/// <summary>Where an API key comes from. Commands read the key when they start; a session keeps its source, not the key.</summary>
internal sealed class ApiKeySource
{
    /// <summary>The environment variable that may hold the key.</summary>
    public const string EnvironmentVariable = "TRUEBIT_API_KEY";

    /// <summary>The secret that is used when nothing else gives a key.</summary>
    public const string DefaultSecret = "TruebitApiKey";

    private readonly Func<SecretReader, SecretText> _read;

    private ApiKeySource(string description, Func<SecretReader, SecretText> read)
    {
        Description = description;
        _read = read;
    }

    /// <summary>The source in words.</summary>
    public string Description { get; }

    public static ApiKeySource FromKey(SecretText key, string from) => new(from, _ => key);

    public static ApiKeySource FromSecret(SecretReference secret) => new(secret.ToString(), reader => reader.Read(secret));

    /// <summary>
    /// The environment variable, or else the default secret; null if neither exists. They do not say of which hub their key is, so it goes to
    /// the default one only, and to this machine, where a sandbox of another process may be.
    /// </summary>
    /// <param name="reader">Reads secrets.</param>
    /// <param name="hub">The hub that the key would go to.</param>
    /// <param name="problem">Why it is not known whether the secret exists; null where it is.</param>
    public static ApiKeySource? FromEnvironment(SecretReader reader, Uri hub, out ErrorException? problem)
    {
        problem = null;
        if (!IsForAmbientKey(hub))
        {
            return null;
        }

        if (Environment.GetEnvironmentVariable(EnvironmentVariable) is { Length: > 0 })
        {
            return new ApiKeySource(
                $"the environment variable {EnvironmentVariable}",
                static _ => Environment.GetEnvironmentVariable(EnvironmentVariable) is { Length: > 0 } key ? new SecretText(key) : throw Missing(HubEndpoint.Default));
        }

        SecretReference secret = new(DefaultSecret, null);
        return reader.Has(secret, out problem) ? FromSecret(secret) : null;
    }

    /// <summary>The error for a command without a key. It lists every way to give one.</summary>
    public static ErrorException Missing(Uri hub) => new("ApiKeyMissing", ErrorCategory.AuthenticationError, IsForAmbientKey(hub)
        ? "No API key was found. Give one in any of these ways: (1) -ApiKey (Read-Host -AsSecureString);"
            + " (2) -SecretName NAME [-Vault VAULT], a secret of SecretManagement; (3) Connect-Truebit, once for the session;"
            + $" (4) the environment variable {EnvironmentVariable};"
            + $" (5) Set-Secret {DefaultSecret}: a SecretManagement secret with this name is used automatically."
        : $"No API key was named for {hub.Authority}. The key of the environment variable {EnvironmentVariable}, or of the secret {DefaultSecret},"
            + $" goes to {HubEndpoint.Default.Authority} and to this machine only. Use -ApiKey or -SecretName, or Connect-Truebit -Endpoint {hub} with one of them.");

    private static bool IsForAmbientKey(Uri hub) => hub.IsLoopback || (hub.Scheme == HubEndpoint.Default.Scheme && hub.Authority == HubEndpoint.Default.Authority);

    /// <summary>Reads the key. Pipeline thread only.</summary>
    /// <exception cref="ErrorException">The source has no key, or no longer has one.</exception>
    public SecretText Read(SecretReader reader)
    {
        SecretText key = _read(reader);
        string? flaw = key.Reveal().Length == 0 ? "is empty" : HeaderRules.FindFlaw(key.Reveal());
        return flaw is null
            ? key
            : throw new ErrorException(
                "InvalidApiKey", ErrorCategory.InvalidData, $"The API key from {Description} {flaw}, so it cannot be sent. Check where it comes from; .Trim() removes line breaks and blanks at its ends.");
    }
}
