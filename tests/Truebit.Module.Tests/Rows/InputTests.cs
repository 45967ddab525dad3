using Truebit.Module.Tests.Hosting;
using Truebit.TestHub;

namespace Truebit.Module.Tests.Rows;

/// <summary>The input as a whole: what says nothing is not paid for, and what is wrong with all rows is said once.</summary>
public sealed class InputTests(Wire wire) : IClassFixture<Wire>
{
    private const string Echo = $"Invoke-TruebitTask {Wire.Task} -Method POST -Path /x";

    [Fact]
    public void Rows_without_any_value_are_passed_over_and_counted()
    {
        wire.Csv("body.id,body.note", "1,a", "\"\",\"\"", ",", " , \u00A0", "2,b");

        IReadOnlyList<HubRequest> calls = wire.SendAll($"Import-Csv $csv | {Echo}");

        Assert.Equal(2, calls.Count);
        Assert.Equal("3 of 5 rows have no value in any column. Nothing was sent for them.", Assert.Single(wire.Last.Warnings));
    }

    [Theory]
    [InlineData("@{}")]
    [InlineData("[pscustomobject]@{ 'body.id' = $null; 'body.note' = [System.DBNull]::Value }")]
    [InlineData("@{ Path = '' }")]
    public void A_row_of_nothing_is_passed_over_whatever_it_is(string row)
    {
        Assert.Empty(wire.SendAll($"{row} | {Echo}"));
        Assert.Empty(wire.Last.Output);
        Assert.Single(wire.Last.Warnings);
    }

    [Fact]
    public void Functions_pass_them_over_too() => Assert.Empty(wire.SendAll($"@{{ Text = '' }} | Invoke-TruebitFunction {Wire.Task} -Text same"));

    [Theory]
    [InlineData("Import-Csv $csv", "OrderId;Qty;Kunde")]
    [InlineData("Import-Csv $csv -Delimiter ';'", "OrderId, Qty, Kunde")]
    [InlineData("@{ body_n = 1 }", "body_n")]
    [InlineData("[pscustomobject]@{ Qty = 1 }", "Qty")]
    public void An_input_of_which_no_column_is_used_ends_the_command(string rows, string columns)
    {
        wire.Csv("OrderId;Qty;Kunde", "1;2;3", "4;5;6");

        (string id, string message) = wire.Refuse($"{rows} | {Echo}");

        Assert.Equal("ColumnsNotUsed", id);
        Assert.StartsWith("No column of the input is used, so all rows would be the same call. Is the delimiter right", message, StringComparison.Ordinal);
        Assert.EndsWith($"The columns are: {columns}. Nothing was sent.", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_script_block_that_uses_none_of_the_columns_ends_the_command()
    {
        wire.Csv("OrderId;Qty", "1;2");

        Assert.Equal("ColumnsNotUsed", wire.Refuse($"Import-Csv $csv | {Echo} -Body {{ @{{ id = [int]$_.OrderId; qty = $PSItem.'Qty' }} }}").Id);
    }

    [Fact]
    public void A_script_block_that_uses_a_column_that_is_not_there_ends_the_command()
    {
        wire.Csv("OrderId,Qty", "1,2", "3,4");

        Assert.Equal(
            ("InvalidInput", "-Body uses $_.Quantity, but there is no such column. If only some rows have it, write $_.PSObject.Properties['Quantity'].Value. The columns are: OrderId, Qty. Nothing was sent."),
            wire.Refuse($"Import-Csv $csv | {Echo} -Body {{ @{{ id = $_.OrderId; quantity = $_.Quantity }} }}"));
        Assert.Equal(2, wire.SendAll($"Import-Csv $csv | {Echo} -Body {{ @{{ id = $_.OrderId; quantity = $_.PSObject.Properties['Quantity'].Value }} }}").Count);
    }

    [Fact]
    public void A_script_block_finds_columns_by_the_names_that_people_read()
    {
        wire.Csv("OrderId ,Qty\u00A0", "1,2");

        Assert.Equal("{\"id\":\"1\",\"qty\":\"2\"}", wire.Send($"Import-Csv $csv | {Echo} -Body {{ [ordered]@{{ id = $_.OrderId; qty = $_.Qty }} }}").Raw("body"));
    }

    [Fact]
    public void Objects_that_are_no_rows_end_the_command() => Assert.Equal("ColumnsNotUsed", wire.Refuse($"Get-Item $PSHOME | {Echo}").Id);

    [Theory]
    [InlineData("@{ Qty = 1; Label = 'x' }", "")]
    [InlineData("@{ Qty = 1 }", "-Body { @{ qty = $_.Qty } }")]
    [InlineData("@{ Qty = 1 }", "-Key Qty -IdempotencyHeader X-Key")]
    public void One_known_column_or_one_script_block_is_enough(string row, string parameters) => wire.Send($"{row} | {Echo} {parameters}");

    [Fact]
    public void Names_are_read_as_people_type_them()
    {
        wire.Csv("Namespace \t,\u00A0TaskName,Method\u200B, Path,Label\u00A0,Version ,body.id ,body.qty :integer,\uFEFFbody. note", "n,t,POST,/x,stable,2,7,1,hi");

        Assert.Equal(
            """{"namespace":"n","taskName":"t","label":"stable","version":2,"async":true,"executionTimeout":60000,"input":{"path":"/x","method":"POST","body":{"id":"7","qty":1,"note":"hi"}}}""",
            wire.Send("Import-Csv $csv | Invoke-TruebitTask").Body);
    }

    [Theory]
    [InlineData("body.items[0].id")]
    [InlineData("body.[0]")]
    public void Brackets_in_a_name_are_an_error(string column) =>
        Assert.Contains("numbered like fields", wire.Row((column, "1")).Refuse("$row | Invoke-TruebitTask").Message, StringComparison.Ordinal);

    [Fact]
    public void A_column_can_be_freed_of_its_meaning()
    {
        HubRequest call = wire.Row(("Label", "Fragile"), ("body.n", "1")).Send("$row | Invoke-TruebitTask -IgnoreColumn label");

        Assert.False(call.Json.TryGetProperty("label", out _));
        Assert.Equal("{\"n\":\"1\"}", call.Raw("body"));
    }

    [Fact]
    public void A_freed_column_must_be_there() =>
        Assert.StartsWith("There is no column 'Lable'. The columns are: ", wire.Row().Refuse("$row | Invoke-TruebitTask -IgnoreColumn Lable").Message, StringComparison.Ordinal);

    [Fact]
    public void Verbose_says_once_what_became_of_the_columns()
    {
        wire.Csv("Path,body.id:integer,OrderId", "/a,1,A", "/b,2,B");
        wire.SendAll($"Import-Csv $csv | Invoke-TruebitTask {Wire.Task} -Method POST -Verbose");

        Assert.Single(wire.Last.Verbose, static line => line == "Columns used: Path, body.id:integer; not used: OrderId.");
    }

    [Fact]
    public void Verbose_says_which_column_is_the_key()
    {
        wire.Csv("Path,OrderId,Customer", "/a,1,Ann");
        wire.SendAll($"Import-Csv $csv | Invoke-TruebitTask {Wire.Task} -Method GET -Key orderid -Shard 1/1 -Verbose");

        Assert.Single(wire.Last.Verbose, static line => line == "Columns used: Path; as the key: OrderId; not used: Customer.");
    }

    [Fact]
    public void Verbose_says_which_columns_script_blocks_use()
    {
        wire.Csv("OrderId,Qty,Customer", "1,2,Ann");
        wire.SendAll($"Import-Csv $csv | Invoke-TruebitTask {Wire.Task} -Method POST -Path {{ \"/$($_.OrderId)\" }} -Body {{ @{{ qty = $_.Qty }} }} -Verbose");

        Assert.Single(wire.Last.Verbose, static line => line == "Columns used: in script blocks: OrderId, Qty; not used: Customer.");
    }

    [Theory]
    [InlineData("Invoke-TruebitTask -Namespace n -Method GET", "TaskName: no value; give -TaskName or a column 'TaskName'.")]
    [InlineData("Invoke-TruebitTask -TaskName t -Method GET", "Namespace: no value; give -Namespace or a column 'Namespace'.")]
    [InlineData("Invoke-TruebitTask -Namespace n -TaskName '' -Method GET", "TaskName: no value; give -TaskName or a column 'TaskName'.")]
    public void What_the_command_line_lacks_is_said_once(string command, string message)
    {
        (string id, string found) = wire.Refuse($"1..3 | ForEach-Object {{ @{{ Path = \"/$_\" }} }} | {command}");

        Assert.Equal(("InvalidInput", $"{message} The columns are: Path. Nothing was sent."), (id, found));
    }

    [Theory]
    [InlineData("-Version 1.5", "Version: '1.5' is not a whole number from 0 to 4294967295.")]
    [InlineData("-Version latest", "Version: 'latest' is not a whole number from 0 to 4294967295; a word is a label: -Label latest.")]
    [InlineData("-ExecutionTimeout -1", "ExecutionTimeout: '-1' is not a whole number from 0 to 4294967295.")]
    [InlineData("-Method 'G T'", "Method: 'G T' is not an HTTP method, such as GET or POST.")]
    public void What_the_command_line_has_wrong_is_said_once(string parameter, string message) =>
        Assert.Equal(("InvalidInput", message), wire.Refuse($"1..3 | ForEach-Object {{ @{{ Path = \"/$_\" }} }} | Invoke-TruebitTask {Wire.Task} {parameter}"));

    [Fact]
    public void Empty_text_on_the_command_line_is_not_given() => Assert.Equal(
        """{"namespace":"n","taskName":"t","async":true,"executionTimeout":60000,"input":{"path":"/p","method":"POST"}}""",
        wire.Row().Send("$row | Invoke-TruebitTask -Label '' -Version '' -ExecutionTimeout '' -Namespace '' -Path '' -Method ''").Body);

    [Fact]
    public void A_result_is_no_row()
    {
        wire.Engine.Ok($"$result = {Echo}");

        Assert.StartsWith("Row 1: a TruebitExecution is not a row", wire.Refuse($"$result | {Echo}").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_that_differ_in_header_values_only_need_a_key()
    {
        wire.Engine["journal"] = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        EngineRun run = wire.Engine.Run($"'a', 'b' | ForEach-Object {{ @{{ Path = '/x'; 'headers.X-Tenant' = $_; Id = $_ }} }} | Invoke-TruebitTask {Wire.Task} -Method GET -Journal $journal");

        Assert.Single(run.Output);
        Assert.Contains("give -Key with a column that does", run.OnlyError.Message, StringComparison.Ordinal);
        wire.Engine["journal"] += "2";
        Assert.Equal(2, wire.SendAll($"'a', 'b' | ForEach-Object {{ @{{ Path = '/x'; 'headers.X-Tenant' = $_; Id = $_ }} }} | Invoke-TruebitTask {Wire.Task} -Method GET -Journal $journal -Key id").Count);
    }

    [Fact]
    public void A_key_is_found_in_any_case_in_every_kind_of_row()
    {
        wire.Engine["journal"] = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        Assert.Equal(2, wire.SendAll(
            $"'{{\"OrderId\":\"A1\",\"Path\":\"/a\"}}', '{{\"OrderId\":\"A2\",\"Path\":\"/a\"}}' | ForEach-Object {{ ConvertFrom-Json $_ -AsHashtable }} | Invoke-TruebitTask {Wire.Task} -Method GET -Journal $journal -Key orderid").Count);
    }

    [Fact]
    public void Text_that_looks_like_json_is_warned_of_once()
    {
        wire.SendAll($"1..2 | ForEach-Object {{ @{{ Path = \"/$_\" }} }} | Invoke-TruebitTask {Wire.Task} -Method POST -Body '{{\"id\":1}}'");

        Assert.StartsWith("The body is text that looks like JSON, and is sent as a JSON string.", Assert.Single(wire.Last.Warnings), StringComparison.Ordinal);
    }
}
