namespace Truebit.Session;

/// <summary>A secret of SecretManagement, by name; the vault is optional.</summary>
internal sealed record SecretReference(string Name, string? Vault)
{
    /// <summary>The secret in words, without an article.</summary>
    public string Phrase => Vault is null ? $"secret named '{Name}'" : $"secret named '{Name}' in the vault '{Vault}'";

    public override string ToString() => Vault is null ? $"the secret '{Name}'" : $"the secret '{Name}' of the vault '{Vault}'";
}
