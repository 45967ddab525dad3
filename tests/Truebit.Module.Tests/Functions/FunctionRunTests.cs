using Truebit.Module.Tests.Hosting;

namespace Truebit.Module.Tests.Functions;

/// <summary>Function tasks from the row to the result, on the sandbox.</summary>
public sealed class FunctionRunTests : IDisposable
{
    private const string Echo = "Invoke-TruebitFunction -Namespace sandbox -TaskName echo";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("truebit-function-");
    private readonly Engine _engine = new();

    public FunctionRunTests() => _engine["journal"] = Path.Combine(_folder.FullName, "run.journal");

    private long Submissions => _engine.Ok("$sandbox | Get-TruebitSandbox").Value<long>("Submissions");

    public void Dispose()
    {
        _engine.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public void A_result_has_its_text_its_signature_and_its_kind()
    {
        _engine.ConnectSandbox();

        EngineRun run = _engine.Ok($"{Echo} -Text @{{ n = 20 }}");

        Assert.Equal(("Function", "Success", "succeed"), (run.Value<string>("Kind"), run.Value<string>("Status"), run.Value<string>("SolutionStatus")));
        Assert.Equal("""{"n":20}""", run.Value<string>("Output"));
        Assert.Equal("27", EngineRun.Of<string>(run.Value<System.Management.Automation.PSObject>("Signature"), "V"));
    }

    [Theory]
    [InlineData("indeterminate", "Indeterminate")]
    [InlineData("error", "Error")]
    public void An_end_without_success_is_a_result(string task, string status)
    {
        _engine.ConnectSandbox();

        EngineRun run = _engine.Ok($"Invoke-TruebitFunction -Namespace sandbox -TaskName {task} -Text 20 -TotalSolutions 3 -RequiredSolutions 2");

        Assert.Equal((status, status), (run.Value<string>("Status"), run.Value<string>("StatusText")));
        Assert.Equal(1, _engine.Ok("$sandbox | Get-TruebitSandbox").Value<long>("Charges"));
    }

    [Fact]
    public void Many_rows_give_each_its_own_result()
    {
        _engine.ConnectSandbox();

        EngineRun run = _engine.Ok($"1..100 | ForEach-Object {{ @{{ Text = \"$_\" }} }} | {Echo}");

        Assert.All(run.Output, static result => Assert.Equal(
            EngineRun.Of<string>(result, "Output"), EngineRun.Of<System.Collections.Hashtable>(result, "InputObject")["Text"]));
        Assert.Equal(100, run.Values<string>("Output").Distinct().Count());
    }

    [Fact]
    public void A_running_execution_is_found_again_by_its_kind()
    {
        _engine.ConnectSandbox("-Latency 0.2");

        Assert.Equal("Running", _engine.Ok($"$running = {Echo} -Text 20 -Async; $running").Value<string>("Status"));

        Assert.Equal("Function", _engine.Ok("Get-TruebitExecution").Value<string>("Kind"));
        Assert.Equal("20", _engine.Ok("$running | Wait-TruebitExecution").Value<string>("Output"));
        Assert.Equal("20", _engine.Ok("Wait-TruebitExecution $running.ExecutionId").Value<string>("Output"));
        Assert.Equal("20", _engine.Ok("[pscustomobject]@{ Id = $running.ExecutionId; Kind = $running.Kind } | Get-TruebitExecution").Value<string>("Output"));
    }

    [Fact]
    public void A_later_run_with_the_same_journal_sends_nothing_and_gives_the_same()
    {
        _engine.ConnectSandbox();
        string rows = $"'a', 'b', 'a' | ForEach-Object {{ @{{ Text = @{{ one = $_; two = 2; three = 3 }} }} }} | {Echo} -Journal $journal";
        string[] first = _engine.Ok(rows).Values<string>("RawJson");

        EngineRun again = _engine.Ok(rows);

        Assert.Equal(first.Order(), again.Values<string>("RawJson").Order());
        Assert.Equal(["Function", "Function", "Function"], again.Values<string>("Kind"));
        Assert.All(again.Output, static result => Assert.NotNull(result.Properties["Signature"].Value));
        Assert.Equal(3, Submissions);
    }

    [Fact]
    public void What_an_earlier_run_has_submitted_is_asked_for_at_the_functions_endpoint()
    {
        _engine.ConnectSandbox("-Latency 0.2");
        _engine.Ok($"{Echo} -Text 20 -Journal $journal -Async");

        EngineRun run = _engine.Ok($"{Echo} -Text 20 -Journal $journal -RequesterTimestamp 5");

        Assert.Equal(("Success", "20"), (run.Value<string>("Status"), run.Value<string>("Output")));
        Assert.Equal(1, Submissions);
    }

    [Fact]
    public void An_API_task_of_the_same_name_is_another_row()
    {
        _engine.ConnectSandbox();

        EngineRun run = _engine.Ok(
            $"{Echo} -Text 20 -Journal $journal; Invoke-TruebitTask -Namespace sandbox -TaskName echo -InputObject @{{ path = '/20'; method = 'GET' }} -Journal $journal");

        Assert.Equal(["Function", "Api"], run.Values<string>("Kind"));
        Assert.Equal(["Function", "Api"], _engine.Ok("Get-TruebitJournal $journal").Values<string>("Kind"));
    }

    [Fact]
    public void A_key_stands_for_one_kind_of_task_only()
    {
        _engine.ConnectSandbox();
        _engine.Ok($"@{{ Text = '20'; Id = 'k' }} | {Echo} -Journal $journal -Key Id");

        EngineRun run = _engine.Run("@{ Path = '/20'; Id = 'k' } | Invoke-TruebitTask -Namespace sandbox -TaskName echo -Method GET -Journal $journal -Key Id");

        Assert.Equal("InvalidInput", run.OnlyError.Id);
        Assert.Equal(1, Submissions);
    }

    [Fact]
    public void An_unknown_row_is_settled_as_the_kind_that_it_is()
    {
        _engine.ConnectSandbox("-Fault @{ LoseAnswer = 1 }");
        EngineRun lost = _engine.Run($"{Echo} -Text 20 -Journal $journal");
        Assert.Equal("OutcomeUnknown", lost.OnlyError.Id);
        Assert.Equal("Function", _engine.Ok("Get-TruebitJournal $journal").Value<string>("Kind"));

        _engine.Ok("$id = ($sandbox | Get-TruebitSandbox -Ledger).ExecutionId; Get-TruebitJournal $journal | Resolve-TruebitJournal -ExecutionId $id");

        Assert.Equal("20", _engine.Ok($"{Echo} -Text 20 -Journal $journal").Value<string>("Output"));
        Assert.Equal(1, Submissions);
    }

    [Fact]
    public void A_refusal_of_the_hub_is_the_error_of_its_row()
    {
        _engine.ConnectSandbox();

        EngineRun run = _engine.Run("@{ TaskName = 'echo'; Text = '1' }, @{ TaskName = 'none'; Text = '2' } | Invoke-TruebitFunction -Namespace sandbox");

        Assert.Equal("1", run.Value<string>("Output"));
        Assert.Equal("InvalidRequest", run.OnlyError.Id);
        Assert.StartsWith("Row 2: The hub refused the request (404): there is no function task sandbox/none", run.OnlyError.Message);
    }

    [Fact]
    public void The_table_shows_the_text_and_the_list_the_signature()
    {
        _engine.ConnectSandbox();
        _engine.Ok($"$result = {Echo} -Text @{{ n = 20 }}");

        Assert.Matches("^ +Success +[0-9a-f-]{36} \\{\"n\":20\\}$", _engine.Show("$result")[2]);
        Assert.Contains(_engine.Show("$result | Format-List"), static line => line.StartsWith("Signature      : v 27", StringComparison.Ordinal));
    }
}
