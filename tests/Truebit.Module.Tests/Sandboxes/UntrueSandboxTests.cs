using Truebit.Module.Tests.Hosting;

namespace Truebit.Module.Tests.Sandboxes;

/// <summary>What a user sees of a hub whose answers are untrue, rehearsed in the sandbox.</summary>
public sealed class UntrueSandboxTests : IDisposable
{
    private const string Rows = "1..3 | ForEach-Object { @{ Path = \"/$_\" } }";
    private const string Invoke = "Invoke-TruebitTask -Namespace sandbox -TaskName echo -Method GET -ThrottleLimit 1 -Journal $journal";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();
    private readonly Engine _engine = new();

    public UntrueSandboxTests() => _engine["journal"] = Path.Combine(_folder.FullName, "run.journal");

    public void Dispose()
    {
        _engine.Dispose();
        _folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("Redirect", "OutcomeUnknown", "answered with a redirect (303) to elsewhere.example, which is not followed", 3, "Unknown")]
    [InlineData("Unavailable503", "OutcomeUnknown", "answered 503: backend fetch failed", 3, "Unknown")]
    [InlineData("WrongId", "InvalidResponse", "and answered for another execution", 3, "Accepted")]
    [InlineData("HugeAnswer", "AnswerTooLong", "the answer is longer than 2 MB", 3, "Accepted")]
    [InlineData("QuoteSecret", "InvalidRequest", "bad request from x-api-key (secret): {", 0, "Refused")]
    public void Each_fault_has_its_error_and_what_was_executed_is_not_sent_again(string fault, string errorId, string words, int charges, string state)
    {
        _engine.Ok($"Start-TruebitSandbox -Fault @{{ {fault} = 1; RetryAfterSeconds = 0 }} | Connect-Truebit -MaxAnswerSize 2MB");

        EngineRun run = _engine.Run($"{Rows} | {Invoke}");
        _engine.Run($"{Rows} | {Invoke}");

        Assert.All(run.ErrorIds, id => Assert.Equal(errorId, id));
        Assert.Equal(3, run.Errors.Count);
        Assert.Contains(words, run.Errors[0].Exception.Message);
        Assert.Equal(charges, _engine.Ok("Get-TruebitSandbox").Value<int>("Charges"));
        Assert.Equal([state, state, state], _engine.Ok("Get-TruebitJournal $journal").Values<string>("State"));
    }

    [Fact]
    public void An_id_that_is_given_again_and_again_is_one_rows_only()
    {
        _engine.Ok("Start-TruebitSandbox -Fault @{ SameId = 1 } | Connect-Truebit");

        EngineRun run = _engine.Run($"{Rows} | {Invoke}");

        Assert.Equal(["OutcomeUnknown", "OutcomeUnknown"], run.ErrorIds);
        Assert.Single(run.Output);
        Assert.Equal(3, _engine.Ok("Get-TruebitSandbox").Value<int>("Charges"));
    }

    [Fact]
    public void The_ledger_tells_which_ids_a_caller_cannot_know()
    {
        _engine.Ok("Start-TruebitSandbox -Fault @{ Redirect = 1 } | Connect-Truebit");
        _engine.Run($"{Rows} | {Invoke}");

        Assert.Equal([false, false, false], _engine.Ok("Get-TruebitSandbox -Ledger").Values<bool>("WasAnswered"));
        _engine.Ok(
            "Get-TruebitJournal $journal | ForEach-Object { $row = $_; $charge = Get-TruebitSandbox -Ledger | Where-Object Input -Like \"*/$($row.Row)*\"; $row | Resolve-TruebitJournal -ExecutionId $charge.ExecutionId }");
        Assert.Equal(3, _engine.Ok($"{Rows} | {Invoke}").Output.Count);
        Assert.Equal(3, _engine.Ok("Get-TruebitSandbox").Value<int>("Charges"));
    }
}
