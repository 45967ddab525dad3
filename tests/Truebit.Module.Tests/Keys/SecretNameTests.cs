using System.Management.Automation;
using Truebit.Module.Tests.Hosting;
using Truebit.Module.Tests.Hubs;

namespace Truebit.Module.Tests.Keys;

public sealed class SecretNameTests : IDisposable
{
    private readonly SecretManagement _secrets = new();
    private readonly TaskHub _hub = new();
    private readonly Engine _engine = new();

    public SecretNameTests()
    {
        _secrets.Import(_engine);
        _engine["hub"] = _hub.Endpoint;
        _engine.Ok("Set-TestSecret v1 mine k-one; Set-TestSecret v2 mine2 k-two");
    }

    public void Dispose()
    {
        _engine.Dispose();
        _hub.Dispose();
        _secrets.Dispose();
    }

    [Theory]
    [InlineData("-SecretName mine", "k-one", "/mine")]
    [InlineData("-SecretName mine2 -Vault v2", "k-two", "v2/mine2")]
    public void A_key_is_read_from_its_secret_once_for_a_command(string parameters, string key, string asked)
    {
        _engine.Ok(TaskHub.Rows(1, 5) + $" | Invoke-TruebitTask -Endpoint $hub {parameters}");

        Assert.NotEmpty(_hub.Server.Requests);
        Assert.All(_hub.Server.Requests, call => Assert.Equal(key, call.Key));
        Assert.Equal([asked], SecretManagement.Asked(_engine));
    }

    [Fact]
    public void A_session_keeps_the_secrets_name_and_each_command_reads_it_again()
    {
        _engine.Ok("Connect-Truebit -Endpoint $hub -SecretName mine");
        _engine.Ok(TaskHub.Rows(1, 1) + " | Invoke-TruebitTask");
        _engine.Ok("Set-TestSecret v1 mine k-changed");
        _engine.Ok(TaskHub.Rows(2, 2) + " | Invoke-TruebitTask");

        Assert.Equal(["k-one", "k-changed"], _hub.Server.Submissions.Select(static call => call.Key));
        Assert.Equal("the secret 'mine'", _engine.Ok("Get-TruebitSession").Value<string>("KeySource"));
    }

    [Fact]
    public void A_secret_may_be_a_credential()
    {
        _engine["credential"] = new PSCredential("whoever", new System.Net.NetworkCredential("", "k-credential").SecurePassword);
        _engine.Ok("Set-TestSecret v1 mine $credential");

        _engine.Ok(TaskHub.Rows(1, 1) + " | Invoke-TruebitTask -Endpoint $hub -SecretName mine");

        Assert.Equal("k-credential", _hub.Server.Submissions.Single().Key);
    }

    [Theory]
    [InlineData("Connect-Truebit -SecretName none", "SecretNotFound", "the secret 'none'")]
    [InlineData("Connect-Truebit -SecretName none -Vault v1", "SecretNotFound", "the secret 'none' of the vault 'v1'")]
    [InlineData("Connect-Truebit -SecretName mine -Vault v9", "SecretNotFound", "the secret 'mine' of the vault 'v9': Vault v9 does not exist in registry.")]
    [InlineData("Set-TestSecret v1 mine @{ a = 'hidden' }; Connect-Truebit -SecretName mine", "InvalidSecretType", "the secret 'mine' is a Hashtable; store a string, a SecureString or a PSCredential.")]
    [InlineData("Set-TestSecret v1 mine ''; Connect-Truebit -SecretName mine", "InvalidApiKey", "The API key from the secret 'mine' is empty, so it cannot be sent. Check where it comes from; .Trim() removes line breaks and blanks at its ends.")]
    public void A_secret_that_is_no_key_is_an_error(string script, string id, string message)
    {
        (string found, string words) = _engine.Run(script).End;

        Assert.Equal(id, found);
        Assert.Contains(message, words);
        Assert.DoesNotContain("hidden", words);
        Assert.Empty(_engine.Ok("Get-TruebitSession").Output);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" -Vault v1")]
    public void A_vault_that_is_locked_is_called_locked(string vault)
    {
        (string id, string message) = _engine.Run($"Lock-TestVault; Connect-Truebit -SecretName mine{vault}").End;

        Assert.Equal("VaultNotReadable", id);
        Assert.StartsWith($"A vault is locked, so the secret 'mine'{(vault.Length > 0 ? " of the vault 'v1'" : "")} could not be read. Unlock it first (SecretStore: Unlock-SecretStore);", message);
        Assert.EndsWith("The vault says: A valid password is required. Use Unlock-SecretStore.", message);
    }

    [Fact]
    public void A_vault_that_cannot_ask_for_its_password_may_be_locked()
    {
        (string id, string message) = _engine.Run("Break-TestVault; Connect-Truebit -SecretName mine").End;

        Assert.Equal("VaultNotReadable", id);
        Assert.StartsWith("A vault failed, so the secret 'mine' could not be read. If it is locked, unlock it first", message);
        Assert.EndsWith("Unable to get secret from vault v1: PowerShell is in NonInteractive mode.", message);
    }
}
