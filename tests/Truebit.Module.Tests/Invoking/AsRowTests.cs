using System.Management.Automation;
using Truebit.Module.Tests.Hosting;
using Truebit.Module.Tests.Hubs;
using Truebit.Module.Tests.Journals;
using Truebit.TestHub;

namespace Truebit.Module.Tests.Invoking;

/// <summary>With -AsRow every row of the input ends as exactly one flat object.</summary>
public sealed class AsRowTests : IDisposable
{
    private const string Rows = "$rows = 'Customer,Path', 'a,/1', 'b,/2', '\"\",\"\"', 'd,/{none}', 'e,/5', 'f,/6', 'g,/7' | ConvertFrom-Csv";
    private static readonly string[] OwnColumns = ["Customer", "Path"];

    private readonly TaskHub _hub = new()
    {
        Status = static number => number switch
        {
            1 => CannedResponse.Success(TaskHub.Id(1), """{"id":7,"price":1.10,"customer":{"name":"Ann","tags":["x","y"]},"none":null}"""),
            2 => CannedResponse.Json($$$"""{"executionId":"{{{TaskHub.Id(2)}}}","clearTextSolution":{"output":{"code":1,"type":"error","message":"Order not found"}},"status":"Error"}"""),
            _ => null,
        },
        Answer = static number => number switch
        {
            5 => CannedResponse.Message("no such order", 400),
            6 => CannedResponse.Close,
            _ => null,
        },
    };

    private readonly JournalRun _runs;

    public AsRowTests() => _runs = new JournalRun(_hub);

    public void Dispose()
    {
        _runs.Dispose();
        _hub.Dispose();
    }

    [Fact]
    public void Every_kind_of_end_is_a_row()
    {
        EngineRun run = Run("-MaxSubmissions 4 -OutputColumn id, price, customer.name, customer.tags.1, customer, missing");

        Assert.Empty(run.Errors);
        Assert.Equal(
            [
                "1 a Success", "2 b Error", "3  Empty", "4 d InvalidInput", "5 e InvalidRequest", "6 f OutcomeUnknown", "7 g NotSent",
            ],
            run.Output.Select(static row => $"{Text(row, "Row")} {Text(row, "Customer")} {Text(row, "Status")}"));
        Assert.Equal(["7", "1.10", "Ann", "y", """{"name":"Ann","tags":["x","y"]}""", ""], new[] { "id", "price", "customer.name", "customer.tags.1", "customer", "missing" }.Select(name => Text(run.Output[0], "output." + name)));
        Assert.Equal(TaskHub.Id(1), Text(run.Output[0], "ExecutionId"));
        Assert.Equal("Order not found", Text(run.Output[1], "Error"));
        Assert.Contains("no value in any column", Text(run.Output[2], "Error"), StringComparison.Ordinal);
        Assert.Contains("'{none}' has no value", Text(run.Output[3], "Error"), StringComparison.Ordinal);
        Assert.Contains("no such order", Text(run.Output[4], "Error"), StringComparison.Ordinal);
        Assert.Contains("outcome is unknown", Text(run.Output[5], "Error"), StringComparison.Ordinal);
        Assert.Contains("-MaxSubmissions 4 was reached", Text(run.Output[6], "Error"), StringComparison.Ordinal);
    }

    [Fact]
    public void All_rows_have_the_columns_of_the_first()
    {
        EngineRun run = Run("-OutputColumn id");

        string[] expected = [.. OwnColumns, "Row", "Status", "ExecutionId", "output.id", "OutputJson", "Error"];
        Assert.All(run.Output, row => Assert.Equal(expected, row.Properties.Select(static property => property.Name)));
    }

    [Fact]
    public void An_error_action_of_Stop_loses_no_row() =>
        Assert.Equal(7, Run("-ErrorAction Stop").Output.Count);

    [Fact]
    public void A_column_of_the_users_own_keeps_its_name()
    {
        EngineRun run = _runs.NewEngine().Ok("[pscustomobject]@{ Path = '/1'; Status = 'mine'; Row = 'mine' } | Invoke-TruebitTask -Namespace n -TaskName t -Method GET -AsRow");

        Assert.Equal(("mine", "mine", "Success", "1"), (run.Value<string>("Status"), run.Value<string>("Row"), run.Value<string>("TruebitStatus"), run.Value<string>("TruebitRow")));
    }

    [Fact]
    public void With_RequireAllValid_the_others_are_not_sent()
    {
        EngineRun run = _runs.NewEngine().Run($"{Rows}; $rows | Invoke-TruebitTask -Namespace n -TaskName t -Method GET -AsRow -RequireAllValid");

        Assert.Equal("NotSent", run.End.Id);
        Assert.Equal(["Empty", "InvalidInput", "NotSent", "NotSent", "NotSent", "NotSent", "NotSent"], run.Output.Select(static row => Text(row, "Status")).Order());
        Assert.Equal(0, _hub.Accepted);
    }

    [Fact]
    public void A_rejected_key_ends_the_command_and_its_rows_are_told()
    {
        using TaskHub hub = new() { Answer = static number => number == 2 ? CannedResponse.Message("who are you", 401) : null };
        using JournalRun runs = new(hub);
        EngineRun run = runs.NewEngine().Run($"{TaskHub.Rows(1, 2)} | Invoke-TruebitTask -AsRow -ThrottleLimit 1");

        Assert.Equal("AuthenticationFailed", run.End.Id);
        Assert.Equal(["Success", "AuthenticationFailed"], run.Output.Select(static row => Text(row, "Status")));
    }

    [Fact]
    public void A_journal_has_them_without_sending()
    {
        Run("-OutputColumn id", "-Journal $journal");

        EngineRun run = _runs.NewEngine().Ok("Get-TruebitJournal $journal -AsRow -OutputColumn id | Sort-Object Row");

        Assert.Equal(["Key", "Row", "Status", "ExecutionId", "output.id", "OutputJson", "Error"], run.Output[0].Properties.Select(static property => property.Name));
        Assert.Equal(["1 Success 7", "2 Error ", "5 Refused ", "6 Unknown ", "7 Success "], run.Output.Select(static row => $"{Text(row, "Row")} {Text(row, "Status")} {Text(row, "output.id")}"));
        Assert.Equal("Order not found", Text(run.Output[1], "Error"));
    }

    [Fact]
    public void Executions_that_are_asked_for_again_have_their_rows()
    {
        EngineRun run = _runs.NewEngine().Ok($"{Rows}; $rows[0..1] | Invoke-TruebitTask -Namespace n -TaskName t -Method GET -Async | Wait-TruebitExecution -AsRow -OutputColumn id | Sort-Object Row");

        Assert.Equal(["1 a Success 7", "2 b Error "], run.Output.Select(static row => $"{Text(row, "Row")} {Text(row, "Customer")} {Text(row, "Status")} {Text(row, "output.id")}"));
    }

    [Fact]
    public void The_summary_is_an_object()
    {
        EngineRun run = _runs.NewEngine().Ok(
            $"{Rows}; $null = $rows | Invoke-TruebitTask -Namespace n -TaskName t -Method GET -AsRow -MaxSubmissions 4 -InformationVariable told; $told.MessageData | Where-Object {{ $_ -is [Truebit.TruebitRunSummary] }}");

        Assert.Equal(
            [7, 1, 1, 0, 1, 1, 1, 1, 1, 4, 194],
            new[] { "Rows", "Success", "Error", "Indeterminate", "Invalid", "Refused", "Unknown", "NotSent", "Empty", "Submitted", "RequestBytes" }.Select(run.Value<int>));
        Assert.False(run.Value<bool>("IsAllSuccess"));
    }

    [Fact]
    public void OutputColumn_needs_AsRow() =>
        Assert.Equal(("InvalidInput", "-OutputColumn requires -AsRow."), _runs.NewEngine().Run("@{ Path = '/1' } | Invoke-TruebitTask -Namespace n -TaskName t -Method GET -OutputColumn id").End);

    [Fact]
    public void Executions_and_errors_know_their_row_and_key()
    {
        EngineRun run = _runs.NewEngine().Run($"{Rows}; $rows | Where-Object Customer | Invoke-TruebitTask -Namespace n -TaskName t -Method GET -Journal $journal -Key Customer");

        Assert.Equal(["1 a", "2 b", "6 g"], run.Output.Select(static row => $"{Text(row, "Row")} {Text(row, "Key")}").Order());
        Assert.Equal(["3 ", "4 e", "5 f"], run.Errors.Select(static error => new PSObject(error.Exception)).Select(static error => $"{Text(error, "Row")} {Text(error, "Key")}").Order());
        Assert.Contains(run.Errors, static error => error.Exception.Message.StartsWith("Row 4 (e): ", StringComparison.Ordinal));
    }

    private static string Text(PSObject row, string property) => $"{row.Properties[property]?.Value}";

    private EngineRun Run(string parameters, string journal = "") =>
        _runs.NewEngine().Run($"{Rows}; $rows | Invoke-TruebitTask -Namespace n -TaskName t -Method GET -AsRow {parameters} {journal} | Sort-Object Row");
}
