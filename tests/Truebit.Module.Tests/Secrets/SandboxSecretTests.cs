using Truebit.Module.Tests.Hosting;

namespace Truebit.Module.Tests.Secrets;

/// <summary>The sandbox makes its own key, and its target echoes headers on purpose; nothing else may show them.</summary>
public sealed class SandboxSecretTests : IDisposable
{
    private const string Trace = "h34der-0d1f";
    private const string Header = Trace + "\"+/=";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("truebit-tests-");
    private readonly Engine _engine = new Engine().ConnectSandbox();
    private readonly Dictionary<string, string> _secrets;

    public SandboxSecretTests()
    {
        string key = (string)_engine.Ok("$sandbox.ApiKey.Reveal()").Output.Single().BaseObject;
        _secrets = new Dictionary<string, string> { ["the sandbox's key"] = key, ["the header"] = Trace };
        _engine["folder"] = _folder.FullName;
        _engine["header"] = new System.Net.NetworkCredential("", Header).SecurePassword;
        _engine.Ok("$PSDefaultParameterValues = @{ '*-Truebit*:Verbose' = $true; '*-Truebit*:Debug' = $true }");
    }

    public void Dispose()
    {
        _engine.Dispose();
        _folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("Start-TruebitSandbox; $sandbox; \"$sandbox $($sandbox.ApiKey)\"")]
    [InlineData("Get-TruebitSandbox")]
    [InlineData("Get-TruebitSandbox | Connect-Truebit -PassThru; Get-TruebitSession")]
    [InlineData("$null = Invoke-TruebitTask -Namespace sandbox -TaskName echo -Method GET -Path /a -Headers @{ X = $header }; Get-TruebitSandbox -Ledger")]
    [InlineData("Stop-TruebitSandbox; $sandbox")]
    [InlineData("Invoke-TruebitTask -Namespace sandbox -TaskName echo -Method GET -Path /a | Get-TruebitTranscript -Wait | ForEach-Object { $_; $_.Messages; $_ | Test-TruebitProof }")]
    [InlineData("Invoke-TruebitTask -Namespace sandbox -TaskName echo -Method GET -Path /a -Headers @{ X = $header } -Journal $folder/a.journal | Get-TruebitInvoice -Wait | ForEach-Object { $_; $_ | Compare-TruebitJournal $folder/a.journal }")]
    [InlineData("Invoke-TruebitTask -Namespace sandbox -TaskName echo -Method GET -Path /a -Headers @{ X = $header } -Journal $folder/a.journal | Get-TruebitInvoice -Wait | Export-TruebitReport $folder/a.journal $folder/a.html | ForEach-Object { Get-Content $_.FullName -Raw }")]
    [InlineData("Invoke-TruebitTask -Namespace sandbox -TaskName echo -Method GET -Path /a | Export-TruebitEvidence -Path $folder -Wait | ForEach-Object { $_; $_ | Test-TruebitProof }")]
    public void A_sandbox_shows_no_secret(string script) => AssertNoSecretShows(_engine.Ok(script));

    [Theory]
    [InlineData("Start-TruebitSandbox -Port $sandbox.Endpoint.Port", "SandboxNotStarted")]
    [InlineData("Start-TruebitSandbox -Fault @{ Nonsense = 1 }", "InvalidInput")]
    [InlineData("Invoke-TruebitTask -Namespace sandbox -TaskName broken -Method GET -Path /a -Headers @{ X = $header }", "OutcomeUnknown")]
    [InlineData("Invoke-TruebitTask -Namespace sandbox -TaskName petstore -Method GET -Path /a -Headers @{ X = $header }", "InvalidRequest")]
    [InlineData("(Invoke-TruebitTask -Namespace sandbox -TaskName echo -Method GET -Path /a -Headers @{ X = $header }).ExecutionId | Export-TruebitEvidence -Path $folder -Wait", "SecretInEvidence")]
    public void An_error_of_a_sandbox_shows_no_secret(string script, string errorId)
    {
        EngineRun run = _engine.Run(script);

        Assert.Equal(errorId, run.Ended is null ? run.OnlyError.Id : run.End.Id);
        AssertNoSecretShows(run);
    }

    [Fact]
    public void The_views_of_a_transcript_leave_the_input_out()
    {
        _engine.Ok("$transcript = Invoke-TruebitTask -Namespace sandbox -TaskName echo -Method GET -Path /a -Headers @{ X = $header } | Get-TruebitTranscript -Wait");

        string shown = string.Join('\n', _engine.Show("& { $transcript; $transcript | Format-List; $transcript.Messages; $transcript.Messages | Format-List }"));

        Assert.Contains("dispatch_api_task", shown);
        Assert.DoesNotContain(Trace, shown);

        // As at the real hub, the transcript itself has it.
        Assert.Contains(Trace, _engine.Ok("$transcript").Value<string>("RawJson"));
    }

    [Fact]
    public void A_journal_holds_no_secret_even_where_the_target_quotes_it()
    {
        string folder = Directory.CreateTempSubdirectory("truebit-tests-").FullName;
        _engine["journal"] = Path.Combine(folder, "run.journal");
        try
        {
            _engine.Ok("Invoke-TruebitTask -Namespace sandbox -TaskName echo -Method GET -Path /a -Headers @{ X = $header } -Journal $journal");

            string[] texts = [.. Directory.GetFiles(folder).Select(File.ReadAllText)];
            Assert.NotEmpty(texts);
            Assert.All(texts, text => Assert.All(_secrets.Values, secret => Assert.DoesNotContain(secret, text)));

            EngineRun replay = _engine.Ok("Get-TruebitJournal $journal; Invoke-TruebitTask -Namespace sandbox -TaskName echo -Method GET -Path /a -Headers @{ X = $header } -Journal $journal");
            AssertNoSecretShows(replay);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void A_header_that_is_no_secret_leaves_the_answer_readable()
    {
        string folder = Directory.CreateTempSubdirectory("truebit-tests-").FullName;
        _engine["journal"] = Path.Combine(folder, "run.journal");
        try
        {
            const string Run = "Invoke-TruebitTask -Namespace sandbox -TaskName echo -Method POST -Path /a -Body @{ yes = $true; n = 1000; m = 10001 }"
                + " -Headers @{ A = 'true'; B = '1000'; C = 'output'; D = 'body' } -Journal $journal";
            string first = _engine.Ok(Run).Value<string>("ExecutionId");

            EngineRun replay = _engine.Ok(Run);

            Assert.Equal(first, replay.Value<string>("ExecutionId"));
            Assert.Equal("Success", EngineRun.Of<object>(replay.Output[0], "Status").ToString());
            Assert.Equal("10001", _engine.Ok($"({Run}).Output.body.m").Output.Single().ToString());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private void AssertNoSecretShows(EngineRun run)
    {
        SecretSearch search = new(_secrets);
        search.Search(_engine, run);
        search.AssertNothingFound();
    }
}
