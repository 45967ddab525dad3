using Truebit.Module.Tests.Hosting;
using Truebit.Module.Tests.Keys;
using Truebit.TestHub;

namespace Truebit.Module.Tests.Headers;

public sealed class SecretHeaderTests : IDisposable
{
    private readonly SecretManagement _secrets = new();
    private readonly Wire _wire = new();

    public SecretHeaderTests()
    {
        _secrets.Import(_wire.Engine);
        _wire.Engine.Ok("Set-TestSecret v1 token 'Bearer b1'; Set-TestSecret v2 other 'o1'");
    }

    public void Dispose()
    {
        _wire.Dispose();
        _secrets.Dispose();
    }

    [Fact]
    public void A_secret_is_read_when_it_is_sent_and_once_for_a_command()
    {
        _wire.Engine.Ok("$set = New-TruebitHeaderSet -SecretHeader @{ Authorization = 'token' }");
        Assert.Empty(SecretManagement.Asked(_wire.Engine));

        IReadOnlyList<HubRequest> calls = _wire.SendAll($"@{{ Path = '/1' }}, @{{ Path = '/2' }} | Invoke-TruebitTask {Wire.Task} -Method GET -Headers $set");

        Assert.Equal(2, calls.Count);
        Assert.All(calls, static call => Assert.Equal("""{"Authorization":"Bearer b1"}""", call.Raw("headers")));
        Assert.Equal(["/token"], SecretManagement.Asked(_wire.Engine));
    }

    [Fact]
    public void The_next_command_reads_it_again()
    {
        string script = $"Invoke-TruebitTask {Wire.Task} -Path /p -Method GET -Headers $set";
        _wire.Engine.Ok("$set = New-TruebitHeaderSet -SecretHeader @{ Authorization = 'token' }");
        _wire.Send(script);
        _wire.Engine.Ok("Set-TestSecret v1 token 'Bearer b2'");

        Assert.Equal("""{"Authorization":"Bearer b2"}""", _wire.Send(script).Raw("headers"));
    }

    [Fact]
    public void A_vault_can_be_named()
    {
        HubRequest call = _wire.Send($"Invoke-TruebitTask {Wire.Task} -Path /p -Method GET -Headers (New-TruebitHeaderSet -SecretHeader @{{ X = 'other' }} -Vault v2)");

        Assert.Equal("""{"X":"o1"}""", call.Raw("headers"));
        Assert.Equal(["v2/other"], SecretManagement.Asked(_wire.Engine));
    }

    [Theory]
    [InlineData("none", "SecretNotFound", "the secret 'none'")]
    [InlineData("broken", "InvalidInput", "Headers: the value of 'X' has a line break in it.")]
    public void A_secret_that_cannot_be_sent_ends_the_command(string secret, string id, string message)
    {
        _wire.Engine.Ok($"Set-TestSecret v1 broken \"hidden`nhidden\"; $set = New-TruebitHeaderSet -SecretHeader @{{ X = '{secret}' }}");

        EngineRun run = _wire.Engine.Run($"@{{ Path = '/1' }}, @{{ Path = '/2' }} | Invoke-TruebitTask {Wire.Task} -Method GET -Headers $set");

        Assert.Empty(run.Output);
        Assert.Empty(run.Errors);
        Assert.Equal(id, run.End.Id);
        Assert.Contains(message, run.End.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", run.End.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("@{ X = $null }")]
    [InlineData("@{ X = '' }")]
    [InlineData("@{ X = [System.Net.NetworkCredential]::new('', 'hidden').SecurePassword }")]
    public void A_secret_header_takes_the_name_of_a_secret(string headers) =>
        Assert.Equal(
            ("InvalidInput", "X: -SecretHeader takes the name of a secret, not a value; a SecureString goes into -Header."),
            _wire.Refuse($"New-TruebitHeaderSet -SecretHeader {headers}"));

    [Fact]
    public void A_header_is_not_given_as_a_value_and_as_a_secret() =>
        Assert.Equal(
            ("InvalidInput", "x: the header is given twice (names ignore case)."),
            _wire.Refuse("New-TruebitHeaderSet -Header @{ X = 1 } -SecretHeader @{ x = 'token' }"));

    [Fact]
    public void WhatIf_shows_no_secret()
    {
        _wire.SendAll($"Invoke-TruebitTask {Wire.Task} -Path /p -Method GET -Headers (New-TruebitHeaderSet -SecretHeader @{{ Authorization = 'token' }}) -WhatIf");

        Assert.DoesNotContain("b1", _wire.Engine.Host.Screen.Text);
    }
}
