using System.Management.Automation;
using Truebit.Client;

namespace Truebit;

/// <summary>Where an API key comes from. The key is read when a command starts; sessions keep this, not the key.</summary>
internal sealed class ApiKeySource
{
    /// <summary>The environment variable that may hold the key.</summary>
    public const string EnvironmentVariable = "TRUEBIT_API_KEY";

    /// <summary>The secret that is looked for when nothing else gives a key.</summary>
    public const string DefaultSecret = "TruebitApiKey";

    private readonly Func<SecretReader, SecretText> _read;

    private ApiKeySource(string description, Func<SecretReader, SecretText> read)
    {
        Description = description;
        _read = read;
    }

    /// <summary>The source in words, without the key.</summary>
    public string Description { get; }

    public static ApiKeySource Given(SecretText key, string from) => new(from, _ => key);

    public static ApiKeySource Secret(SecretReference secret) => new(secret.ToString(), reader => reader.Read(secret));

    /// <summary>What the surroundings offer: the environment variable, or else the default secret; null where neither is there.</summary>
    public static ApiKeySource? Ambient(SecretReader reader)
    {
        if (Environment.GetEnvironmentVariable(EnvironmentVariable) is { Length: > 0 })
        {
            return new ApiKeySource(
                $"the environment variable {EnvironmentVariable}",
                static _ => Environment.GetEnvironmentVariable(EnvironmentVariable) is { Length: > 0 } key ? new SecretText(key) : throw None());
        }

        SecretReference secret = new(DefaultSecret, null);
        return reader.Has(secret) ? Secret(secret) : null;
    }

    /// <summary>The error for a command that has no key; it lists every way to give one.</summary>
    public static ErrorException None() => new(
        "ApiKeyMissing",
        ErrorCategory.AuthenticationError,
        "There is no API key. Give one in any of these ways: (1) -ApiKey (Read-Host -AsSecureString);"
            + " (2) -SecretName NAME [-Vault VAULT], a secret of SecretManagement; (3) Connect-Truebit, once for the session;"
            + $" (4) the environment variable {EnvironmentVariable};"
            + $" (5) Set-Secret {DefaultSecret}: the secret of that name in SecretManagement is found by itself.");

    /// <summary>The key. Call it on the pipeline thread.</summary>
    /// <exception cref="ErrorException">The source has no key (any more).</exception>
    public SecretText Read(SecretReader reader)
    {
        SecretText key = _read(reader);
        string? problem = HeaderRules.CheckValue("x-api-key", key.Reveal());
        return problem is null && key.Reveal().Length > 0
            ? key
            : throw new ErrorException("InvalidApiKey", ErrorCategory.InvalidData, $"The API key of {Description} cannot be sent: {problem ?? "it is empty"}.");
    }
}
