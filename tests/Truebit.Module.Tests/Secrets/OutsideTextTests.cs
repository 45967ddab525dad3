using Truebit.Module.Tests.Hosting;
using Truebit.TestHub;

namespace Truebit.Module.Tests.Secrets;

/// <summary>What a hub, a target or a library says gets nowhere with a secret in it, or with what could change a terminal.</summary>
public sealed class OutsideTextTests : IDisposable
{
    private const string Token = "tok-9f8e<7d6c>-42";
    private const string Post = "Invoke-TruebitTask -Namespace n -TaskName t -Method POST -Path /a -Headers @{ Authorization = $bearer }";

    private readonly HubServer _hub = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("truebit-texts-");
    private readonly List<Engine> _engines = [];

    public void Dispose()
    {
        _engines.ForEach(static engine => engine.Dispose());
        _hub.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public void An_error_about_a_row_that_is_followed_from_a_journal_hides_what_the_first_run_hid()
    {
        _hub.On("/task/api/execute-by-name", CannedResponse.Accepted("e1"));
        _hub.On("/task/api/execution-status/", CannedResponse.Message($"bad header Bearer {Token}", 400));

        string[] messages = [.. Enumerable.Range(1, 2).Select(_ => NewEngine().Run($"{Post} -Journal $journal").OnlyError.Message)];

        Assert.Single(_hub.Submissions);
        Assert.All(messages, static message => Assert.Contains("bad header (secret)", message));
    }

    [Fact]
    public void An_error_about_an_execution_of_this_session_hides_its_headers()
    {
        _hub.On("/task/api/execute-by-name", CannedResponse.Accepted("e1"));
        _hub.On("/task/", CannedResponse.Message($"bad header {Token}", 400));
        _hub.On("/task/api/execute-by-name", CannedResponse.Accepted("e1"));
        Engine engine = NewEngine();
        engine.Ok($"$e = {Post} -Async");

        foreach (string command in new[] { "Get-TruebitExecution e1", "$e | Wait-TruebitExecution", "$e | Get-TruebitTranscript", "Get-TruebitInvoice e1", "$e | Export-TruebitEvidence -Path $folder" })
        {
            Assert.Contains("bad header (secret)", engine.Run(command).OnlyError.Message);
        }
    }

    [Theory]
    [InlineData("tok-9f8e\\u003c7d6c\\u003e-42", "")]
    [InlineData("tok-9f8e<7d6c>-42", "\uFEFF")]
    public void A_result_that_quotes_a_header_is_kept_without_it_however_it_is_written(string quoted, string mark)
    {
        string answer = $$"""{{mark}}{"executionId":"e1","status":"Success","clearTextSolution":{"output":{"quoted":"Bearer {{quoted}}","n":1.10} } }""";
        _hub.On("/task/api/execute-by-name", CannedResponse.Accepted("e1"));
        _hub.On("/task/api/execution-status/", CannedResponse.Json(answer));

        EngineRun first = NewEngine().Ok($"{Post} -Journal $journal");
        EngineRun second = NewEngine().Ok($"{Post} -Journal $journal; Get-TruebitJournal $journal | ForEach-Object State");

        // What a target says in its output is the user's; the file is not shown a secret all the same.
        Assert.Contains("-42", first.Value<string>("OutputJson"));
        Assert.Equal("{\"quoted\":\"(secret)\",\"n\":1.10}", EngineRun.Of<string>(second.Output[0], "OutputJson"));
        Assert.Equal("Finished", second.Output[1].ToString());
        Assert.Single(_hub.Submissions);
        Assert.DoesNotContain("7d6c", File.ReadAllText(Path.Combine(_folder.FullName, "run.journal")));
    }

    [Fact]
    public void What_a_hub_says_cannot_change_a_terminal()
    {
        const string Escape = "\\u001b[31m";
        _hub.On("/task/api/execute-by-name", CannedResponse.Accepted("e1"));
        _hub.On("/task/api/execution-status/e1", CannedResponse.Json(
            $$"""{"executionId":"e1","status":"Success","clearTextSolution":{"output":"a{{Escape}}b\u202e\u009bc","status":"x{{Escape}}y","senderAddress":"0x{{Escape}}"} }"""));
        Engine engine = NewEngine();

        string[] shown = engine.Show($"$e = {Post}; & {{ $e; $e | Format-List; '{{0}} {{1}}' -f $e.SolutionStatus, $e.SenderAddress }}");

        Assert.DoesNotContain(string.Concat(shown), static c => char.IsControl(c) || c == '\u202e');
        Assert.Contains(shown, static line => line.Contains("a [31mb  c"));
        Assert.Equal("a\u001b[31mb\u202e\u009bc", engine.Ok("$e.Output").Output.Single().ToString());
    }

    [Fact]
    public void Evidence_of_a_request_that_is_not_known_is_refused_where_its_transcript_has_headers()
    {
        Engine sender = new Engine().ConnectSandbox();
        _engines.Add(sender);
        Prepare(sender);
        sender.Ok("$e = Invoke-TruebitTask -Namespace sandbox -TaskName echo -Method POST -Path /a -Headers @{ Authorization = $bearer } -Journal $journal");
        Engine other = new();
        _engines.Add(other);
        Prepare(other);
        other["sandbox"] = sender["sandbox"];

        EngineRun refused = other.Run("$sandbox | Connect-Truebit; Get-TruebitJournal $journal | Export-TruebitEvidence -Path $folder -Wait");

        Assert.Equal("SecretInEvidence", refused.OnlyError.Id);
        Assert.Contains("(transcript.json: Authorization)", refused.OnlyError.Message);
        Assert.Empty(_folder.GetFiles("*.zip"));
        Assert.Single(other.Ok("Get-TruebitJournal $journal | Export-TruebitEvidence -Path $folder -IncludeSecret").Output);
    }

    [Fact]
    public void The_ledger_of_a_sandbox_hides_headers_like_every_other_view()
    {
        Engine engine = new Engine().ConnectSandbox();
        _engines.Add(engine);
        Prepare(engine);
        engine.Ok(Post.Replace("-Namespace n -TaskName t", "-Namespace sandbox -TaskName echo"));

        string input = engine.Ok("Get-TruebitSandbox -Ledger").Value<string>("Input");

        Assert.Equal("""{"path":"/a","method":"POST","headers":{"Authorization":"(secret)"}}""", input);
    }

    private Engine NewEngine()
    {
        Engine engine = new Engine().Connect(_hub.Endpoint);
        _engines.Add(engine);
        Prepare(engine);
        return engine;
    }

    private void Prepare(Engine engine)
    {
        engine["bearer"] = "Bearer " + Token;
        engine["journal"] = Path.Combine(_folder.FullName, "run.journal");
        engine["folder"] = _folder.FullName;
    }
}
