using System.Management.Automation;
using Truebit.Module.Tests.Hosting;
using Truebit.TestHub;

namespace Truebit.Module.Tests.Records;

public sealed class TranscriptTests : IDisposable
{
    private const string Task = "Invoke-TruebitTask -Namespace sandbox -TaskName echo -Method GET";

    private readonly Engine _engine = new();

    public void Dispose() => _engine.Dispose();

    [Theory]
    [InlineData("$executions | Get-TruebitTranscript")]
    [InlineData("$executions | Get-TruebitTranscript -Wait -ThrottleLimit 1")]
    [InlineData("$executions.ExecutionId | Get-TruebitTranscript")]
    [InlineData("Get-TruebitTranscript $executions.ExecutionId")]
    [InlineData("Get-TruebitTranscript -Id $executions.ExecutionId")]
    [InlineData("$executions | ForEach-Object { [pscustomobject]@{ ExecutionId = $_.ExecutionId; Note = 'x' } } | Get-TruebitTranscript")]
    [InlineData("Get-TruebitSandbox -Ledger | Get-TruebitTranscript")]
    [InlineData("Get-TruebitJournal $journal | Get-TruebitTranscript")]
    [InlineData("$executions | Get-TruebitInvoice | Get-TruebitTranscript")]
    [InlineData("Get-TruebitTranscript -Hash ($executions | Get-TruebitTranscript).TranscriptHash")]
    public void They_come_for_what_is_at_hand(string script)
    {
        string journal = Path.GetTempFileName();
        File.Delete(journal);
        _engine["journal"] = journal;
        try
        {
            _engine.ConnectSandbox().Ok($"$executions = 1..3 | ForEach-Object {{ @{{ Path = \"/$_\" }} }} | {Task} -Journal $journal");

            string[] expected = _engine.Ok("$executions").Values<string>("ExecutionId");
            EngineRun run = _engine.Ok(script);

            Assert.Equal(expected.Order(), run.Values<string>("ExecutionId").Order());
            Assert.All(run.Values<bool>("IsComplete"), Assert.True);
        }
        finally
        {
            File.Delete(journal);
        }
    }

    [Fact]
    public void Wait_waits_for_the_end_of_the_execution_and_for_the_transcript()
    {
        _engine.ConnectSandbox("-Latency 0.3 -Fault @{ RecordsNotFoundFor = 0.2 }");

        EngineRun run = _engine.Ok($"{Task} -Path /a -Async | Get-TruebitTranscript -Wait");

        Assert.True(run.Value<bool>("IsComplete"));
        Assert.Equal("TranscriptNotFound", _engine.Run($"{Task} -Path /b -Async | Get-TruebitTranscript").OnlyError.Id);
    }

    [Fact]
    public void Messages_are_typed_and_what_is_unknown_is_passed_on_whole()
    {
        const string created = """
            {"type":"api_task_created","executionId":"x","message": {"type":"dispatch_api_task","taskPath":"/n/t","input":{"price":1.10}},
            "publickey":"04ab","sequencerAddress":"0x01","timestamp":"1762441264136","msgHash":"aa","signature":{"v":"27","r":"bb","s":"cc"} }
            """;
        const string strange = """{"type":"adjudicated","verdict":[1,2]}""";
        string transcript = $$"""{"executionId":"x","transcript":[{{created}},{{strange}},"text",{"type":"execution_completed","transcriptHash":"hh"}],"timestamp":1762441300,"msgHash":"dd","signature":{"v":28,"r":"ee","s":"ff"} }""";
        using HubServer hub = new(_ => CannedResponse.Json(transcript));
        _engine.Connect(hub.Endpoint);

        EngineRun run = _engine.Ok("$t = Get-TruebitTranscript x; $t");

        Assert.Equal(transcript, run.Value<string>("RawJson"));
        Assert.Equal(("Api", "/n/t", "hh", "dd"), (run.Value<string>("Kind"), run.Value<string>("TaskPath"), run.Value<string>("TranscriptHash"), run.Value<string>("MsgHash")));
        Assert.Equal(new DateTime(2025, 11, 6, 15, 1, 40), run.Value<DateTime>("Timestamp"));
        EngineRun messages = _engine.Ok("$t.Messages");
        Assert.Equal(["api_task_created", "adjudicated", null, "execution_completed"], messages.Values<string>("Type").Select(static type => type is "" ? null : type));
        Assert.Equal([created.Trim(), strange, "\"text\""], messages.Values<string>("RawJson").Take(3));
        PSObject first = messages.Output[0];
        Assert.Equal(("dispatch_api_task", "04ab", "aa", "0x01"), (EngineRun.Of<string>(first, "MessageType"), EngineRun.Of<string>(first, "PublicKey"), EngineRun.Of<string>(first, "MsgHash"), EngineRun.Of<string>(first, "SequencerAddress")));
        Assert.Equal(new DateTime(2025, 11, 6, 15, 1, 4, 136), EngineRun.Of<DateTime>(first, "Timestamp"));
        Assert.Equal("27", _engine.Ok("$t.Messages[0].Signature").Value<string>("V"));
        Assert.Contains("\"price\":1.10", EngineRun.Of<string>(first, "MessageJson"));
        Assert.Equal(1.1, _engine.Ok("$t.Messages[0].Message.input").Value<double>("price"));
    }

    [Fact]
    public void The_error_has_what_was_asked_for_as_its_target()
    {
        using HubServer hub = new(static _ => CannedResponse.Message("no such id", 404));
        _engine.Connect(hub.Endpoint);

        EngineRun run = _engine.Run("Get-TruebitTranscript x, y; Get-TruebitTranscript -Hash z");

        Assert.Equal(["TranscriptNotFound", "TranscriptNotFound", "TranscriptNotFound"], run.ErrorIds);
        Assert.Equal(["x", "y", "z"], run.Errors.Select(static error => error.TargetObject.ToString()).Order());
        Assert.All(run.Errors, static error => Assert.Equal(ErrorCategory.ObjectNotFound, error.CategoryInfo.Category));
    }
}
