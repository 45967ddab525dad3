using Truebit.Module.Tests.Hosting;
using Truebit.Module.Tests.Hubs;

namespace Truebit.Module.Tests.Keys;

[Collection(Surroundings.Name)]
public sealed class AmbientKeyTests : IDisposable
{
    private const string Invoke = "Invoke-TruebitTask -Namespace n -TaskName t -Path /1 -Method GET -Endpoint $hub";

    private const string FiveWays =
        "No API key was found. Give one in any of these ways: (1) -ApiKey (Read-Host -AsSecureString);"
        + " (2) -SecretName NAME [-Vault VAULT], a secret of SecretManagement; (3) Connect-Truebit, once for the session;"
        + " (4) the environment variable TRUEBIT_API_KEY;"
        + " (5) Set-Secret TruebitApiKey: a SecretManagement secret with this name is used automatically.";

    private readonly Surroundings _surroundings = new();
    private readonly SecretManagement _secrets = new();
    private readonly TaskHub _hub = new();
    private readonly Engine _engine = new();

    public AmbientKeyTests()
    {
        Surroundings.Key = null;
        _engine["hub"] = _hub.Endpoint;

        // The engine has put the machine's own module folders in; what is installed there is not to be found.
        Surroundings.ModulePath = Path.Combine(_secrets.Folder, "empty");
    }

    public void Dispose()
    {
        _engine.Dispose();
        _hub.Dispose();
        _secrets.Dispose();
        _surroundings.Dispose();
    }

    [Theory]
    [InlineData(Invoke)]
    [InlineData("Connect-Truebit")]
    public void Without_a_key_anywhere_one_error_lists_the_five_ways(string script)
    {
        _engine.Ok("$Error.Clear()");

        EngineRun run = _engine.Run(script);

        Assert.Equal(("ApiKeyMissing", FiveWays), run.End);
        Assert.Empty(run.Errors);
        Assert.Empty(_hub.Server.Requests);
    }

    [Fact]
    public void Looking_for_a_key_leaves_no_errors_behind()
    {
        _secrets.Import(_engine);
        _engine.Ok("$Error.Clear()");

        _engine.Run(Invoke);

        Assert.Single(_engine.RememberedErrors);
    }

    [Fact]
    public void The_environment_variable_is_a_source()
    {
        Surroundings.Key = "k-environment";

        EngineRun run = _engine.Ok($"{Invoke} -Verbose");

        Assert.Equal("k-environment", _hub.Server.Submissions.Single().Key);
        Assert.Contains(run.Verbose, static line => line.EndsWith("with the API key from the environment variable TRUEBIT_API_KEY.", StringComparison.Ordinal));
    }

    [Fact]
    public void The_default_secret_is_a_source()
    {
        _secrets.Import(_engine).Ok("Set-TestSecret v1 TruebitApiKey k-secret");

        EngineRun run = _engine.Ok($"{Invoke} -Verbose");

        Assert.Equal("k-secret", _hub.Server.Submissions.Single().Key);
        Assert.Contains(run.Verbose, static line => line.EndsWith("with the API key from the secret 'TruebitApiKey'.", StringComparison.Ordinal));
    }

    [Fact]
    public void SecretManagement_is_found_where_modules_are()
    {
        Surroundings.ModulePath = _secrets.Folder;
        _engine.Ok("Set-TestSecret v1 TruebitApiKey k-found; Remove-Module Microsoft.PowerShell.SecretManagement");
        File.AppendAllText(_secrets.ModuleFile, "\n$script:Secrets['v1/TruebitApiKey'] = 'k-found'\n");

        _engine.Ok(Invoke);

        Assert.Equal("k-found", _hub.Server.Submissions.Single().Key);
    }

    [Fact]
    public void Without_SecretManagement_a_secrets_name_is_an_error_that_says_what_to_install() =>
        Assert.Equal(
            ("SecretManagementMissing", "To read the secret 'mine', install SecretManagement and a vault: Install-Module Microsoft.PowerShell.SecretManagement, Microsoft.PowerShell.SecretStore"),
            _engine.Run($"{Invoke} -SecretName mine").End);

    [Fact]
    public void The_sources_come_in_their_order()
    {
        _secrets.Import(_engine).Ok("Set-TestSecret v1 TruebitApiKey k5; Set-TestSecret v1 mine k2");
        _engine.Ok(Invoke);
        Surroundings.Key = "k4";
        _engine.Ok(Invoke);
        _engine.Connect(_hub.Endpoint, "k3");
        _engine.Ok(Invoke);
        _engine.Ok($"{Invoke} -SecretName mine");
        _engine.Ok($"{Invoke} -SecretName mine -ApiKey k1");

        Assert.Equal(["k5", "k4", "k3", "k2", "k1"], _hub.Server.Submissions.Select(static call => call.Key));
    }

    [Fact]
    public void A_session_of_the_environment_reads_the_variable_again()
    {
        Surroundings.Key = "k-before";
        _engine.Ok("Connect-Truebit -Endpoint $hub");
        Surroundings.Key = "k-after";
        _engine.Ok(Invoke);
        Surroundings.Key = null;

        Assert.Equal("k-after", _hub.Server.Submissions.Single().Key);
        Assert.Equal("ApiKeyMissing", _engine.Run(Invoke).End.Id);
    }

    [Theory]
    [InlineData("Get-TruebitExecution $one -Endpoint $hub")]
    [InlineData("Wait-TruebitExecution $one -Endpoint $hub")]
    public void Asking_for_an_execution_needs_no_key(string script)
    {
        _engine["one"] = TaskHub.Id(1);

        _engine.Ok(script);

        Assert.Null(_hub.Server.Requests.Single().Key);
    }

    [Theory]
    [InlineData("https://run.truebit.network:8443")]
    [InlineData("https://hub.other.test/truebit/")]
    [InlineData("https://run.truebit.network.evil.test")]
    [InlineData("https://127.0.0.1.nip.test")]
    public void The_ambient_key_goes_to_no_other_hub(string hub)
    {
        Surroundings.Key = "k-environment";
        _secrets.Import(_engine).Ok("Set-TestSecret v1 TruebitApiKey k-secret");
        _engine["hub"] = new Uri(hub);

        EngineRun invoked = _engine.Run(Invoke);
        EngineRun connected = _engine.Run("Connect-Truebit -Endpoint $hub");
        EngineRun asked = _engine.Run("Get-TruebitExecution e1 -Endpoint $hub -Verbose -WarningAction Stop -Timeout 0.01");

        string authority = new Uri(hub).Authority;
        foreach (EngineRun run in new[] { invoked, connected })
        {
            Assert.Equal("ApiKeyMissing", run.End.Id);
            Assert.StartsWith($"No API key was named for {authority}. The key of the environment variable TRUEBIT_API_KEY, or of the secret TruebitApiKey, goes to run.truebit.network", run.End.Message);
        }

        Assert.Contains(asked.Verbose, static line => line.EndsWith("without an API key (none is needed).", StringComparison.Ordinal));
        Assert.Empty(SecretManagement.Asked(_engine));
        _engine.Ok("Connect-Truebit -Endpoint $hub -ApiKey named");
    }

    [Fact]
    public void The_ambient_key_is_the_default_hubs()
    {
        Surroundings.Key = "k-environment";

        Assert.Equal("the environment variable TRUEBIT_API_KEY", _engine.Ok("Connect-Truebit -PassThru").Value<string>("KeySource"));
        Assert.Equal("the environment variable TRUEBIT_API_KEY", _engine.Ok("Connect-Truebit -Endpoint https://RUN.truebit.network:443 -PassThru").Value<string>("KeySource"));
    }

    [Fact]
    public void Where_no_vault_is_registered_SecretManagement_is_not_asked_and_says_nothing()
    {
        _secrets.Import(_engine);
        _engine["one"] = TaskHub.Id(1);

        EngineRun run = _engine.Ok("Get-TruebitExecution $one -Endpoint $hub");

        Assert.Empty(run.Warnings);
        Assert.Empty(SecretManagement.Asked(_engine));
    }

    [Theory]
    [InlineData(Invoke)]
    [InlineData("Connect-Truebit")]
    public void Where_the_vault_is_locked_the_error_says_so(string script)
    {
        _secrets.Import(_engine).Ok("Set-TestSecret v1 TruebitApiKey k; Lock-TestVault; $Error.Clear()");

        EngineRun run = _engine.Run(script);

        Assert.Equal("VaultNotReadable", run.End.Id);
        Assert.StartsWith("A vault is locked, so the secret 'TruebitApiKey' could not be read.", run.End.Message);
        Assert.Single(_engine.RememberedErrors);
    }

    [Fact]
    public void Asking_for_an_execution_needs_no_vault_that_is_locked()
    {
        _secrets.Import(_engine).Ok("Set-TestSecret v1 TruebitApiKey k; Lock-TestVault; $Error.Clear()");
        _engine["one"] = TaskHub.Id(1);

        EngineRun run = _engine.Ok("Get-TruebitExecution $one -Endpoint $hub -Verbose");

        Assert.Null(_hub.Server.Requests.Single().Key);
        Assert.Contains(run.Verbose, static line => line.Contains("A vault is locked"));
        Assert.Empty(_engine.RememberedErrors);
    }

    [Fact]
    public void A_vault_is_asked_once_for_the_default_secret()
    {
        _secrets.Import(_engine).Ok("Set-TestSecret v1 TruebitApiKey k-secret");

        _engine.Ok(Invoke);

        Assert.Equal(["/TruebitApiKey"], SecretManagement.Asked(_engine));
    }
}
