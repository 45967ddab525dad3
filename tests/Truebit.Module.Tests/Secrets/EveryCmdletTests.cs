using System.Management.Automation;
using System.Text;
using Truebit.Module.Tests.Hosting;
using Truebit.Module.Tests.Keys;
using Truebit.TestHub;

namespace Truebit.Module.Tests.Secrets;

/// <summary>Every cmdlet, with -Verbose -Debug, where it goes well and where it goes wrong: no secret shows anywhere.</summary>
public sealed class EveryCmdletTests : IDisposable
{
    private const string Task = "-Namespace n -TaskName t -Method POST";
    private const string Function = "Invoke-TruebitFunction -Namespace n -TaskName t";
    private const string AllHeaders = "-Headers $set";

    private static readonly Dictionary<string, string> Secret = new()
    {
        ["the key"] = "k3y-4b1de9a1",
        ["the bearer token"] = "t0ken-77c2\"ü+/=",
        ["the header"] = "h34der-0d1f",
        ["the password"] = "p4ssword-6e5a",
        ["the Basic credentials"] = Convert.ToBase64String(Encoding.UTF8.GetBytes("anne:p4ssword-6e5a")),
        ["the stored secret"] = "st0red-93b8",
    };

    /// <summary>What is looked for: the part of a secret that is the same however it is escaped.</summary>
    private static readonly Dictionary<string, string> Trace = Secret.ToDictionary(static secret => secret.Key, static secret => secret.Value.Split('"')[0]);

    private readonly SecretManagement _secrets = new();
    private readonly QuotingHub _hub = new();
    private readonly Engine _engine = new();

    public EveryCmdletTests()
    {
        _secrets.Import(_engine);

        // With -Debug the engine asks at each warning; the answer is: yes to all.
        _engine.Host.Screen.Choice = 1;
        _engine["hub"] = _hub.Endpoint;
        _engine["dead"] = HubServer.DeadEndpoint();
        _engine["key"] = Secret["the key"];
        _engine["secureKey"] = Secure("the key");
        _engine["token"] = Secure("the bearer token");
        _engine["header"] = Secure("the header");
        _engine["stored"] = Secret["the stored secret"];
        _engine["credential"] = new PSCredential("anne", Secure("the password"));
        _engine["strict"] = StrictManifest();
        _engine["journal"] = Path.Combine(_secrets.Folder, "run.journal");
        _engine.Ok(
            """
            Set-TestSecret v stored $stored; Set-TestSecret v key $key
            $broken = [System.Net.NetworkCredential]::new('', "$key`n").SecurePassword
            $brokenHeader = [System.Net.NetworkCredential]::new('', "$([System.Net.NetworkCredential]::new('', $header).Password)`n").SecurePassword
            $set = New-TruebitHeaderSet -BearerToken $token -Header @{ 'X-Key' = $header } -SecretHeader @{ 'X-Stored' = 'stored' }
            $basic = New-TruebitHeaderSet -Credential $credential
            $session = Connect-Truebit -Endpoint $hub -ApiKey $key -PassThru
            $Error.Clear()
            $PSDefaultParameterValues = @{ '*-Truebit*:Verbose' = $true; '*-Truebit*:Debug' = $true }
            """);
    }

    public void Dispose()
    {
        _engine.Dispose();
        _hub.Dispose();
        _secrets.Dispose();
    }

    [Theory]
    [InlineData("Connect-Truebit -Endpoint $hub -ApiKey $key -PassThru")]
    [InlineData("Connect-Truebit -Endpoint $hub -ApiKey $secureKey -PassThru")]
    [InlineData("Connect-Truebit -Endpoint $hub -ApiKey $credential -PassThru")]
    [InlineData("Connect-Truebit -Endpoint $hub -SecretName key -PassThru")]
    [InlineData("Get-TruebitSession")]
    [InlineData("Test-TruebitConnection; Test-TruebitConnection -Endpoint $hub -SecretName key")]
    [InlineData($"Test-TruebitTask {Task} -Path /ok {AllHeaders} -Manifest $strict | ForEach-Object {{ $_; $_.Problems; \"$_\" }}")]
    [InlineData("Get-TruebitSession; Disconnect-Truebit")]
    [InlineData("$set; $basic; \"$set $basic\"")]
    [InlineData("New-TruebitHeaderSet -BearerToken $token -Header @{ 'X-Key' = $header; Host = $header }")]
    [InlineData("New-TruebitHeaderSet -Credential $credential -Vault v -SecretHeader @{ X = 'stored' }")]
    [InlineData($"Invoke-TruebitTask {Task} -Path /ok {AllHeaders} -Body @{{ a = 1 }}")]
    [InlineData($"Invoke-TruebitTask {Task} -Path /ok -Headers $basic -Sync")]
    [InlineData($"Invoke-TruebitTask {Task} -Path /ok -Headers @{{ 'X-Key' = $header }} -Async")]
    [InlineData($"Invoke-TruebitTask {Task} -Path /ok {AllHeaders} -ApiKey $key -Endpoint $hub")]
    [InlineData($"Invoke-TruebitTask {Task} -Path /ok {AllHeaders} -Session $session")]
    [InlineData($"Invoke-TruebitTask {Task} -Path /ok {AllHeaders} -WhatIf")]
    [InlineData($"Invoke-TruebitTask {Task} -Path /ok {AllHeaders} -Confirm")]
    [InlineData($"Invoke-TruebitTask {Task} -Path /ok {AllHeaders} -IdempotencyHeader Idempotency-Key")]
    [InlineData($"1..3 | ForEach-Object {{ [pscustomobject]@{{ Path = '/ok'; Headers = $basic; 'headers.X-Key' = $header }} }} | Invoke-TruebitTask {Task}")]
    [InlineData($"@{{ input = @{{ path = '/ok'; headers = $set }} }} | Invoke-TruebitTask -Namespace n -TaskName t")]
    [InlineData($"Invoke-TruebitTask {Task} -Path /ok {AllHeaders}; Get-TruebitExecution; Get-TruebitExecution ok; Wait-TruebitExecution ok -ApiKey $key")]
    [InlineData($"Invoke-TruebitTask {Task} -Path /ok {AllHeaders} -Journal $journal; Get-TruebitJournal $journal; Invoke-TruebitTask {Task} -Path /ok {AllHeaders} -Journal $journal")]
    [InlineData($"{Function} -Text ok; {Function} -Text ok -Async -ApiKey $key; Get-TruebitExecution")]
    [InlineData($"{Function} -Text ok -Journal $journal; Get-TruebitJournal $journal; {Function} -Text ok -Journal $journal")]
    [InlineData("New-TruebitTaskTemplate $strict")]
    [InlineData($"1..2 | ForEach-Object {{ Invoke-TruebitTask {Task} -Path /quotes {AllHeaders} -Journal \"$journal.$_\" -Shard $_/2 -Checkpoint {{ $_ }} > $null }}; Merge-TruebitJournal \"$journal.1\", \"$journal.2\" \"$journal.all\"; Split-TruebitJournal \"$journal.all\" 2; Get-TruebitJournal \"$journal.all\"")]
    [InlineData($"Invoke-TruebitTask {Task} -Path /quotes {AllHeaders} -Journal $journal > $null; Repair-TruebitJournal $journal; Get-TruebitJournal $journal")]
    public void Where_it_goes_well(string script)
    {
        EngineRun run = _engine.Ok(script);

        AssertNoSecretShows(run);
    }

    [Theory]
    [InlineData("Connect-Truebit -Endpoint http://hub.test/ -ApiKey $key", "InsecureEndpoint")]
    [InlineData("Connect-Truebit -Endpoint $hub -ApiKey $broken", "InvalidApiKey")]
    [InlineData("Connect-Truebit -Endpoint $hub -ApiKey $session", "ParameterArgumentTransformationError")]
    [InlineData("Connect-Truebit -Endpoint $hub -SecretName none", "SecretNotFound")]
    [InlineData("Test-TruebitConnection -Endpoint $dead -ApiKey $key", "HubUnreachable")]
    [InlineData("Test-TruebitConnection -Endpoint $hub -ApiKey $broken", "InvalidApiKey")]
    [InlineData("New-TruebitHeaderSet -BearerToken $token -Header @{ authorization = $header }", "InvalidInput")]
    [InlineData("New-TruebitHeaderSet -Header @{ X = $brokenHeader }", "InvalidInput")]
    [InlineData("New-TruebitHeaderSet -Header @{ 'X Y' = $header }", "InvalidInput")]
    [InlineData("New-TruebitHeaderSet -SecretHeader @{ X = $header }", "InvalidInput")]
    [InlineData($"Invoke-TruebitTask {Task} -Path /ok {AllHeaders} -Manifest $strict", "InvalidInput")]
    [InlineData($"Invoke-TruebitTask {Task} -Path /400 {AllHeaders}", "InvalidRequest")]
    [InlineData($"Invoke-TruebitTask {Task} -Path /400 -Headers $basic", "InvalidRequest")]
    [InlineData($"@{{ Path = '/400'; Headers = $set }} | Invoke-TruebitTask {Task}", "InvalidRequest")]
    [InlineData($"@{{ Path = '/400'; 'headers.X-Key' = $header }} | Invoke-TruebitTask {Task}", "InvalidRequest")]
    [InlineData($"Invoke-TruebitTask {Task} -Path /401 {AllHeaders}", "AuthenticationFailed")]
    [InlineData($"Invoke-TruebitTask {Task} -Path /402 {AllHeaders}", "PaymentRequired")]
    [InlineData($"Invoke-TruebitTask {Task} -Path /500 {AllHeaders}", "OutcomeUnknown")]
    [InlineData($"Invoke-TruebitTask {Task} -Path /html {AllHeaders}", "OutcomeUnknown")]
    [InlineData($"Invoke-TruebitTask {Task} -Path /html -Headers $basic", "OutcomeUnknown")]
    [InlineData($"Invoke-TruebitTask {Task} -Path /text {AllHeaders}", "OutcomeUnknown")]
    [InlineData($"Invoke-TruebitTask {Task} -Path /whole {AllHeaders}", "OutcomeUnknown")]
    [InlineData($"Invoke-TruebitTask {Task} -Path /whole -Headers $basic", "OutcomeUnknown")]
    [InlineData($"Invoke-TruebitTask {Task} -Path /cut {AllHeaders}", "OutcomeUnknown")]
    [InlineData($"Invoke-TruebitTask {Task} -Path /away {AllHeaders}", "OutcomeUnknown")]
    [InlineData($"Invoke-TruebitTask {Task} -Path /away-oddly {AllHeaders}", "OutcomeUnknown")]
    [InlineData($"Invoke-TruebitTask {Task} -Path /running {AllHeaders} -Timeout 0.1", "WaitTimeout")]
    [InlineData($"Invoke-TruebitTask {Task} -Path /ok {AllHeaders} -Body @{{ a = $token }}", "InvalidInput")]
    [InlineData($"Invoke-TruebitTask {Task} -Path /ok {AllHeaders} -Body $set", "InvalidInput")]
    [InlineData($"Invoke-TruebitTask {Task} -Path '/{{id}}' {AllHeaders} -Params @{{ id = $session }}", "InvalidInput")]
    [InlineData($"Invoke-TruebitTask {Task} -Path /ok {AllHeaders} -Endpoint $dead", "EndpointMismatch")]
    [InlineData($"Invoke-TruebitTask {Task} -Path /ok {AllHeaders} -Journal $journal; Invoke-TruebitTask {Task} -Path /500 {AllHeaders} -Journal $journal -ErrorAction SilentlyContinue; Get-TruebitJournal $journal; Resolve-TruebitJournal $journal nothing -NotExecuted", "RowNotFound")]
    [InlineData($"Invoke-TruebitTask {Task} -Path /quotes {AllHeaders} -Journal $journal > $null; Set-TruebitJournal $journal -Endpoint https://elsewhere.test", "JournalHubMismatch")]
    [InlineData($"{Function} -Text 400", "InvalidRequest")]
    [InlineData($"{Function} -Text 401", "AuthenticationFailed")]
    [InlineData($"{Function} -Text 402", "PaymentRequired")]
    [InlineData($"{Function} -Text 500 -Journal $journal", "OutcomeUnknown")]
    [InlineData($"{Function} -Text html", "OutcomeUnknown")]
    [InlineData($"{Function} -Text away", "OutcomeUnknown")]
    [InlineData($"{Function} -Text running -Timeout 0.1", "WaitTimeout")]
    [InlineData($"{Function} -Text $token", "InvalidInput")]
    [InlineData($"{Function} -Text @{{ a = $credential }}", "InvalidInput")]
    [InlineData($"@{{ Text = $set }} | {Function}", "InvalidInput")]
    [InlineData("Get-TruebitExecution 404", "ExecutionNotFound")]
    [InlineData("Wait-TruebitExecution 401 -ApiKey $key", "AuthenticationFailed")]
    [InlineData("Get-TruebitExecution 400", "InvalidRequest")]
    [InlineData("Get-TruebitExecution 200", "ExecutionNotFound")]
    [InlineData("Get-TruebitExecution html", "InvalidResponse")]
    [InlineData("Get-TruebitExecution whole -Timeout 0.2", "WaitTimeout")]
    [InlineData("Get-TruebitExecution running -Wait -Timeout 0.1", "WaitTimeout")]
    [InlineData("Get-TruebitExecution away", "InvalidResponse")]
    [InlineData("Get-TruebitTranscript 404", "TranscriptNotFound")]
    [InlineData("Get-TruebitTranscript ok", "TranscriptNotFound")]
    [InlineData("Get-TruebitTranscript -Hash 401", "AuthenticationFailed")]
    [InlineData("Get-TruebitInvoice 404", "InvoiceNotFound")]
    [InlineData("Get-TruebitInvoice 400", "InvalidRequest")]
    [InlineData("Get-TruebitInvoice html", "InvalidResponse")]
    [InlineData("Get-TruebitInvoice whole -Timeout 0.2", "WaitTimeout")]
    [InlineData("Get-TruebitInvoice 404 -Wait -Timeout 0.1", "WaitTimeout")]
    [InlineData("Get-TruebitInvoice away", "InvalidResponse")]
    public void Where_it_goes_wrong(string script, string errorId)
    {
        EngineRun run = _engine.Run(script);

        Assert.Equal(errorId, run.Ended is null ? run.OnlyError.Id : run.End.Id);
        AssertNoSecretShows(run);
    }

    [Fact]
    public void The_secrets_did_go_over_the_wire()
    {
        _engine.Ok($"Invoke-TruebitTask {Task} -Path /ok {AllHeaders}; Invoke-TruebitTask {Task} -Path /ok -Headers $basic");

        string all = string.Join('\n', _hub.Requests.Where(static call => call.IsSubmission).Select(static call => call.Key + call.Raw("headers")));
        Assert.All(["the key", "the header", "the stored secret", "the Basic credentials"], name => Assert.Contains(Secret[name], all));
    }

    [Fact]
    public void A_journal_keeps_neither_the_key_nor_headers_that_a_hub_quotes()
    {
        _engine.Ok($"Invoke-TruebitTask {Task} -Path /quotes {AllHeaders} -Journal $journal");

        string text = File.ReadAllText((string)_engine["journal"]!);
        Assert.Contains("x-api-key (secret)", text);
        Assert.All(Trace.Values, trace => Assert.DoesNotContain(trace, text));
    }

    [Fact]
    public void No_cmdlet_is_missing_here()
    {
        string all = string.Join('\n', typeof(EveryCmdletTests).GetMethods()
            .Concat(typeof(SandboxSecretTests).GetMethods())
            .SelectMany(static method => method.GetCustomAttributes(typeof(InlineDataAttribute), inherit: false).Cast<InlineDataAttribute>())
            .Select(static data => (string)data.Data[0]!));

        Assert.All(
            _engine.Ok("(Get-Command -Module Truebit -CommandType Cmdlet).Name").Output.Select(static name => name.ToString()),
            name => Assert.Matches($"{name}(?![A-Za-z])", all));
    }

    [Fact]
    public void The_search_finds_what_does_show()
    {
        EngineRun run = _engine.Ok("[pscustomobject]@{ deep = @(@{ deeper = \"x${key}x\" }) }");
        SecretSearch search = new(Trace);

        search.Search(_engine, run);

        Assert.ThrowsAny<Exception>(search.AssertNothingFound);
    }

    private static System.Security.SecureString Secure(string name) => new System.Net.NetworkCredential("", Secret[name]).SecurePassword;

    /// <summary>A manifest that every header of these tests offends.</summary>
    private string StrictManifest()
    {
        string file = Path.Combine(_secrets.Folder, "strict.manifest.json");
        File.WriteAllText(
            file,
            """
            {
              "openapi": "3.0.3", "info": { "title": "t", "version": "1" },
              "paths": { "/ok": { "post": {
                "parameters": [
                  { "name": "X-Key", "in": "header", "required": true, "schema": { "type": "string", "maxLength": 1 } },
                  { "name": "X-Stored", "in": "header", "schema": { "enum": ["a", "b"] } } ],
                "responses": { "200": { "description": "ok" } } } } }
            }
            """);
        return file;
    }

    private void AssertNoSecretShows(EngineRun run)
    {
        SecretSearch search = new(Trace);
        search.Search(_engine, run);
        search.AssertNothingFound();
    }
}
