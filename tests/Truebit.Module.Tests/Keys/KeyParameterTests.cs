using System.Management.Automation;
using System.Security;
using Truebit.Module.Tests.Hosting;
using Truebit.Module.Tests.Hubs;

namespace Truebit.Module.Tests.Keys;

public sealed class KeyParameterTests : IDisposable
{
    private const string Invoke = "Invoke-TruebitTask -Namespace n -TaskName t -Path /1 -Method GET -Endpoint $hub";

    private readonly TaskHub _hub = new();
    private readonly Engine _engine = new();

    public KeyParameterTests()
    {
        _engine["hub"] = _hub.Endpoint;
        SecureString secure = new System.Net.NetworkCredential("", "k-secure").SecurePassword;
        _engine["secure"] = secure;
        _engine["credential"] = new PSCredential("whoever", secure);
    }

    public void Dispose()
    {
        _engine.Dispose();
        _hub.Dispose();
    }

    [Theory]
    [InlineData("$secure", "k-secure")]
    [InlineData("$credential", "k-secure")]
    [InlineData("k-text", "k-text")]
    public void A_key_may_be_a_SecureString_a_credential_or_text(string given, string key)
    {
        _engine.Ok($"{Invoke} -ApiKey {given}");

        Assert.NotEmpty(_hub.Server.Requests);
        Assert.All(_hub.Server.Requests, call => Assert.Equal(key, call.Key));
    }

    [Theory]
    [InlineData("7", "Cannot use a Int32 as a secret")]
    [InlineData("@{ secret = 'hidden' }", "Cannot use a Hashtable as a secret")]
    [InlineData("([uri]'https://hidden/')", "Cannot use a Uri as a secret")]
    public void Anything_else_is_refused_by_the_name_of_its_type_only(string given, string message)
    {
        EngineRun run = _engine.Run($"{Invoke} -ApiKey {given}");

        Assert.Contains(message, run.End.Message);
        Assert.DoesNotContain("hidden", run.End.Message);
        Assert.Empty(_hub.Server.Requests);
    }

    [Theory]
    [InlineData("\"a`r`nb\"", "The API key from -ApiKey has a line break in it, so it cannot be sent. Check where it comes from; .Trim() removes line breaks and blanks at its ends.")]
    [InlineData("' a'", "The API key from -ApiKey starts or ends with white space, so it cannot be sent. Check where it comes from; .Trim() removes line breaks and blanks at its ends.")]
    [InlineData("([securestring]::new())", "The API key from -ApiKey is empty, so it cannot be sent. Check where it comes from; .Trim() removes line breaks and blanks at its ends.")]
    public void A_key_that_no_header_can_hold_is_refused(string key, string message)
    {
        Assert.Equal(("InvalidApiKey", message), _engine.Run($"{Invoke} -ApiKey {key}").End);
        Assert.Empty(_hub.Server.Requests);
    }

    [Fact]
    public void A_vault_without_a_secrets_name_is_refused() =>
        Assert.Equal(("InvalidInput", "-Vault requires -SecretName."), _engine.Run($"{Invoke} -Vault mine").End);

    [Fact]
    public void A_given_key_wins_over_the_session()
    {
        _engine.Connect(_hub.Endpoint, "of-the-session");

        _engine.Ok($"{Invoke} -ApiKey given");

        Assert.All(_hub.Server.Requests, static call => Assert.Equal("given", call.Key));
    }

    [Theory]
    [InlineData("http://hub.test/")]
    [InlineData("http://192.0.2.1/")]
    public void A_key_is_not_sent_unencrypted(string endpoint)
    {
        (string id, string message) = _engine.Run($"Invoke-TruebitTask -Namespace n -TaskName t -Path /1 -Method GET -ApiKey k -Endpoint {endpoint}").End;

        Assert.Equal("InsecureEndpoint", id);
        Assert.Equal($"The API key cannot be sent to {new Uri(endpoint).Host} over http. Use https; only loopback addresses may use http.", message);
        Assert.Equal("InsecureEndpoint", _engine.Run($"Connect-Truebit -ApiKey k -Endpoint {endpoint}").End.Id);
    }

    [Theory]
    [InlineData("run.truebit.network")]
    [InlineData("ftp://hub.test/")]
    [InlineData("https://user:hidden@hub.test/")]
    [InlineData("https://hub.test/?key=hidden")]
    [InlineData("/task")]
    public void An_endpoint_is_an_address(string endpoint)
    {
        (string id, string message) = _engine.Run($"Connect-Truebit -ApiKey k -Endpoint '{endpoint}'").End;

        Assert.Equal("InvalidEndpoint", id);
        Assert.DoesNotContain("hidden", message);
    }

    [Theory]
    [InlineData("http://localhost:1/", "http://localhost:1/")]
    [InlineData("http://[::1]:1/", "http://[::1]:1/")]
    [InlineData("https://hub.test", "https://hub.test/")]
    [InlineData("https://hub.test/beta", "https://hub.test/beta/")]
    [InlineData("https://hub.test/beta//", "https://hub.test/beta/")]
    public void An_endpoint_may_be_a_path_on_a_host(string endpoint, string expected) =>
        Assert.Equal(expected, _engine.Ok($"(Connect-Truebit -ApiKey k -Endpoint '{endpoint}' -PassThru).Endpoint.ToString()").Output.Single().BaseObject);

    [Fact]
    public void An_endpoints_path_comes_before_the_hubs_paths()
    {
        _engine["hub"] = new Uri(_hub.Endpoint, "beta/");

        _engine.Ok($"{Invoke} -ApiKey k");

        Assert.All(_hub.Server.Requests, static call => Assert.StartsWith("/beta/task/api/", call.Path));
    }

    [Theory]
    [InlineData(Invoke)]
    [InlineData("Get-TruebitExecution x -Endpoint $hub")]
    [InlineData("Wait-TruebitExecution x -Endpoint $hub")]
    public void A_sessions_key_goes_to_its_own_host_only(string script)
    {
        using TaskHub other = new();
        _engine.Connect(other.Endpoint);
        _engine["hub"] = _hub.Endpoint;

        (string id, string message) = _engine.Run(script).End;

        Assert.Equal("EndpointMismatch", id);
        Assert.Equal(
            $"The session's key belongs to {other.Endpoint.Authority} and is not sent to {_hub.Endpoint.Authority}; give -ApiKey or -SecretName with -Endpoint.",
            message);
        Assert.Empty(_hub.Server.Requests);
    }
}
