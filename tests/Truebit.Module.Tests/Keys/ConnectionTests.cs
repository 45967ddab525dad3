using Truebit.Module.Tests.Hosting;
using Truebit.TestHub;

namespace Truebit.Module.Tests.Keys;

[Collection(Surroundings.Name)]
public sealed class ConnectionTests : IDisposable
{
    private const string Status = "/task/api/execution-status/00000000-0000-0000-0000-000000000000";

    private readonly Surroundings _surroundings = new();
    private readonly SecretManagement _secrets = new();
    private readonly HubServer _hub = new();
    private readonly Engine _engine = new();

    public ConnectionTests()
    {
        Surroundings.Key = null;
        _engine["hub"] = _hub.Endpoint;
        _engine["dead"] = HubServer.DeadEndpoint();
        Surroundings.ModulePath = Path.Combine(_secrets.Folder, "empty");
    }

    public void Dispose()
    {
        _engine.Dispose();
        _hub.Dispose();
        _secrets.Dispose();
        _surroundings.Dispose();
    }

    [Fact]
    public void A_hub_that_looks_at_no_key_is_ready_and_the_key_is_not_checked()
    {
        _hub.On(Status, CannedResponse.Message("execution not found", 404));

        EngineRun run = _engine.Ok("Test-TruebitConnection -Endpoint $hub -ApiKey k1");

        Assert.True(run.Value<bool>("IsReady"));
        Assert.True(run.Value<bool>("Reached"));
        Assert.Equal(404, run.Value<int>("StatusCode"));
        Assert.Equal("execution not found", run.Value<string>("Answer"));
        Assert.Equal("NotChecked", run.Value<string>("Key"));
        Assert.Equal("-ApiKey", run.Value<string>("KeySource"));
        Assert.Equal(_hub.Endpoint, run.Value<Uri>("Endpoint"));
        Assert.Equal(["k1", null], _hub.Requests.Select(static call => call.Key));
        Assert.Empty(_hub.Submissions);
    }

    [Fact]
    public void A_hub_that_wants_a_key_has_accepted_the_one_that_it_took()
    {
        _hub.On(Status, static call => call.Key == "good" ? CannedResponse.Message("execution not found", 404) : CannedResponse.Message("who are you?", 401));

        EngineRun good = _engine.Ok("Test-TruebitConnection -Endpoint $hub -ApiKey good");
        EngineRun bad = _engine.Run("Connect-Truebit -Endpoint $hub -ApiKey bad; Test-TruebitConnection");

        Assert.Equal("Accepted", good.Value<string>("Key"));
        Assert.Equal("Refused", bad.Value<string>("Key"));
        Assert.False(bad.Value<bool>("IsReady"));
        Assert.Equal("AuthenticationFailed", bad.OnlyError.Id);
        Assert.Equal(
            $"{_hub.Endpoint.Authority} refused the API key from -ApiKey (401): who are you?. Check the key, or create another one with Truebit's own command line (auth new-apikey).",
            bad.OnlyError.Message);
        Assert.Equal(bad.OnlyError.Message, bad.Value<string>("Problem"));
    }

    [Fact]
    public void Without_a_key_the_hub_is_asked_all_the_same()
    {
        _hub.On(Status, CannedResponse.Message("execution not found", 404));

        EngineRun run = _engine.Run("Test-TruebitConnection -Endpoint $hub");

        Assert.Equal("ApiKeyMissing", run.OnlyError.Id);
        Assert.True(run.Value<bool>("Reached"));
        Assert.Equal("Missing", run.Value<string>("Key"));
        Assert.Null(_hub.Requests.Single().Key);
    }

    [Fact]
    public void A_locked_vault_is_said_to_be_locked()
    {
        _hub.On(Status, CannedResponse.Message("execution not found", 404));
        _secrets.Import(_engine).Ok("Set-TestSecret v1 TruebitApiKey k; Lock-TestVault");

        EngineRun run = _engine.Run("Test-TruebitConnection -Endpoint $hub");

        Assert.Equal("VaultNotReadable", run.OnlyError.Id);
        Assert.StartsWith("A vault is locked", run.Value<string>("Problem"));
        Assert.True(run.Value<bool>("Reached"));
    }

    [Fact]
    public void A_hub_that_nobody_answers_for_is_asked_once()
    {
        EngineRun run = _engine.Run("Test-TruebitConnection -Endpoint $dead -ApiKey k1");

        Assert.Equal("HubUnreachable", run.OnlyError.Id);
        Assert.Contains("refused", run.OnlyError.Message);
        Assert.Contains("the proxy (environment variable HTTPS_PROXY)", run.OnlyError.Message);
        Assert.False(run.Value<bool>("Reached"));
        Assert.Equal("Unknown", run.Value<string>("Key"));
    }

    [Fact]
    public void A_hub_that_does_not_answer_in_time_is_not_reached()
    {
        using HubServer silent = new(static async _ =>
        {
            await Task.Delay(Timeout.Infinite);
            return CannedResponse.Message("never");
        });
        _engine["hub"] = silent.Endpoint;

        Assert.StartsWith(
            $"{silent.Endpoint.Authority} did not answer: no answer within 0.2 s. Check",
            _engine.Run("Test-TruebitConnection -Endpoint $hub -ApiKey k1 -Timeout 0.2").OnlyError.Message);
    }

    [Theory]
    [InlineData(200, "<html>Sign in</html>")]
    [InlineData(302, "")]
    [InlineData(502, "Bad gateway")]
    public void What_is_no_hubs_answer_is_an_error(int status, string body)
    {
        _hub.On(Status, CannedResponse.Text("text/html", body, status));

        EngineRun run = _engine.Run("Test-TruebitConnection -Endpoint $hub -ApiKey k1");

        Assert.Equal("InvalidResponse", run.OnlyError.Id);
        Assert.True(run.Value<bool>("Reached"));
        Assert.Equal(status, run.Value<int>("StatusCode"));
        Assert.False(run.Value<bool>("IsReady"));
        Assert.Single(_hub.Requests);
    }

    [Theory]
    [InlineData("Test-TruebitConnection -Endpoint http://hub.test", "InsecureEndpoint")]
    [InlineData("Test-TruebitConnection -Endpoint ftp://hub.test", "InvalidEndpoint")]
    public void An_address_that_no_key_may_go_to_ends_the_command(string script, string id) => Assert.Equal(id, _engine.Run(script).End.Id);

    [Fact]
    public void A_sandbox_is_ready() => Assert.True(_engine.ConnectSandbox().Ok("Test-TruebitConnection").Value<bool>("IsReady"));
}
