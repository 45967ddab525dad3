using System.Diagnostics;
using Truebit.Module.Tests.Hosting;

namespace Truebit.Module.Tests.Completion;

/// <summary>Names of secrets and vaults come from SecretManagement, which may be slow, locked or not there.</summary>
[Collection(Surroundings.Name)]
public sealed class SecretCompletionTests : IDisposable
{
    private const string Answers = """
        function Get-SecretVault { [pscustomobject]@{ Name = 'Work' }; [pscustomobject]@{ Name = 'My vault' } }
        function Get-SecretInfo([string] $Vault) {
            if (-not $Vault -or $Vault -eq 'Work') { [pscustomobject]@{ Name = 'TruebitApiKey'; VaultName = 'Work' } }
            if (-not $Vault -or $Vault -eq 'My vault') { [pscustomobject]@{ Name = 'TargetToken'; VaultName = 'My vault' } }
        }
        """;

    private readonly Surroundings _surroundings = new();
    private readonly DirectoryInfo _modules = Directory.CreateTempSubdirectory("truebit-tests-");
    private readonly Engine _engine = new();

    public void Dispose()
    {
        _engine.Dispose();
        _surroundings.Dispose();
        _modules.Delete(recursive: true);
    }

    [Fact]
    public void Vaults_and_their_secrets_complete()
    {
        Install(Answers);

        Assert.Equal(["Work", "'My vault'"], CompleteInTime("Connect-Truebit -Vault "));
        Assert.Equal(["TruebitApiKey", "TargetToken"], CompleteInTime("Connect-Truebit -SecretName T"));
        Assert.Equal(["TargetToken"], CompleteInTime("Invoke-TruebitTask -Vault 'My vault' -SecretName T"));
    }

    [Fact]
    public void A_vault_that_would_prompt_offers_nothing_and_does_not_prompt()
    {
        Install("function Get-SecretInfo { [pscustomobject]@{ Name = $Host.UI.ReadLine() } }; function Get-Secret { }");

        Assert.Empty(Settled("Connect-Truebit -SecretName "));
        Assert.Empty(_engine.RememberedErrors);
    }

    [Fact]
    public void Without_SecretManagement_nothing_is_offered()
    {
        Surroundings.ModulePath = _modules.FullName;

        Assert.Empty(_engine.Complete("Connect-Truebit -SecretName "));
        Assert.Empty(_engine.RememberedErrors);
    }

    [Fact]
    public void A_slow_vault_is_not_waited_for()
    {
        Install("function Get-SecretInfo { [System.Threading.Thread]::Sleep(4000); [pscustomobject]@{ Name = 'late' } }");
        Stopwatch clock = Stopwatch.StartNew();

        Assert.Empty(_engine.Complete("Connect-Truebit -SecretName "));

        // Half of the vault's time, for slow machines; a person waits for 0.2 s at most.
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(2), $"{clock.Elapsed}");
    }

    [Fact]
    public void A_vault_is_asked_on_a_background_thread_for_which_no_process_waits()
    {
        Install("function Get-SecretInfo { [pscustomobject]@{ Name = \"background-$([System.Threading.Thread]::CurrentThread.IsBackground)\" } }");

        Assert.Equal(["background-True"], CompleteInTime("Connect-Truebit -SecretName "));
    }

    private void Install(string script)
    {
        DirectoryInfo folder = _modules.CreateSubdirectory("Microsoft.PowerShell.SecretManagement");
        File.WriteAllText(Path.Combine(folder.FullName, "Microsoft.PowerShell.SecretManagement.psm1"), script);
        Surroundings.ModulePath = _modules.FullName;
    }

    /// <summary>The first Tab may come before SecretManagement has answered; a later one has it.</summary>
    private string[] CompleteInTime(string line)
    {
        string[] found = [];
        Limits.Await(() => (found = _engine.Complete(line)).Length > 0, "Nothing was offered.");
        return found;
    }

    /// <summary>What is offered once SecretManagement has answered: reading a secret waits for that.</summary>
    private string[] Settled(string line)
    {
        _engine.Complete(line);
        _engine.Run("Connect-Truebit -SecretName none");
        _engine.Ok("$Error.Clear()");
        return _engine.Complete(line);
    }
}
