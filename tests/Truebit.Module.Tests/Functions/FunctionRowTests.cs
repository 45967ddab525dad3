using System.Text.Json;
using Truebit.Module.Tests.Hosting;
using Truebit.TestHub;

namespace Truebit.Module.Tests.Functions;

/// <summary>What Invoke-TruebitFunction makes of parameters and rows (truebit-api.md 2.4).</summary>
public sealed class FunctionRowTests(Wire wire) : IClassFixture<Wire>
{
    private const string Function = "Invoke-TruebitFunction " + Wire.Task;

    [Fact]
    public void Parameters_are_the_members_of_the_request()
    {
        HubRequest call = wire.Send(
            $"{Function} -Label stable -Version 3 -Text 20 -TotalSolutions 3 -RequiredSolutions 2 -RequesterTimestamp 1710262226 -GasLimit 60000000000 -ExecutionTimeout 6000 -Sync");

        Assert.Equal("/task/function/execute-by-name", call.Path);
        Assert.Equal(
            """{"namespace":"n","taskName":"t","label":"stable","version":3,"async":false,"input":"20","totalSolutions":3,"requiredSolutions":2,"taskRequesterTimestamp":1710262226,"gasLimit":"60000000000","executionTimeout":6000}""",
            call.Body);
    }

    [Fact]
    public void One_solution_of_one_at_the_present_time_is_asked_for_unless_said_otherwise()
    {
        JsonElement body = wire.Send($"{Function} -Text x").Json;

        Assert.Equal((1, 1), (body.GetProperty("totalSolutions").GetInt32(), body.GetProperty("requiredSolutions").GetInt32()));
        Assert.InRange(DateTimeOffset.UtcNow.ToUnixTimeSeconds() - body.GetProperty("taskRequesterTimestamp").GetInt64(), 0, 60);
        Assert.False(body.TryGetProperty("gasLimit", out _));
        Assert.False(body.TryGetProperty("executionTimeout", out _));
    }

    [Theory]
    [InlineData("'a \"text\"'", "a \"text\"")]
    [InlineData("''", "")]
    [InlineData("7", "7")]
    [InlineData("1.5", "1.5")]
    [InlineData("$true", "true")]
    [InlineData("'{\"as\": [ \"it\", \"is\" ] }'", "{\"as\": [ \"it\", \"is\" ] }")]
    [InlineData("@{ b = 'ä'; a = @{ z = 1; y = @(2) } }", """{"a":{"y":[2],"z":1},"b":"ä"}""")]
    [InlineData("([ordered]@{ b = 1; a = $null })", """{"b":1,"a":null}""")]
    [InlineData("([pscustomobject]@{ b = 1; a = 2 })", """{"b":1,"a":2}""")]
    [InlineData("1, 'two', @{ three = 3 }", """[1,"two",{"three":3}]""")]
    [InlineData("@('one')", """["one"]""")]
    public void Text_goes_as_it_is_and_anything_with_parts_as_JSON(string text, string input) =>
        Assert.Equal(input, wire.Send($"{Function} -Text {text}").Input.GetString());

    [Fact]
    public void The_hubs_own_JSON_is_a_row()
    {
        // What ConvertFrom-Json makes of the sample in truebit-api.md 2.4.
        HubRequest call = wire.Send(
            """
            [pscustomobject]@{
                namespace = 'n'; taskName = 't'; input = '20'; totalSolutions = [long]3; requiredSolutions = [long]2
                taskRequesterTimestamp = [long]1710262226; gasLimit = '1099511627776'; async = $false
            } | Invoke-TruebitFunction
            """);

        Assert.Equal(
            """{"namespace":"n","taskName":"t","async":false,"input":"20","totalSolutions":3,"requiredSolutions":2,"taskRequesterTimestamp":1710262226,"gasLimit":"1099511627776"}""",
            call.Body);
    }

    [Fact]
    public void A_line_of_a_CSV_file_is_a_row()
    {
        wire.Csv("Namespace,TaskName,Text,TotalSolutions,RequiredSolutions,RequesterTimestamp,GasLimit,ExecutionTimeout", "n,t,00123,3,2,1710262226,500,6000", "n,t,x,,,1710262226,,");

        IReadOnlyList<HubRequest> calls = wire.SendAll("Import-Csv $csv | Invoke-TruebitFunction -ThrottleLimit 1");

        Assert.Equal(
            [
                """{"namespace":"n","taskName":"t","async":true,"input":"00123","totalSolutions":3,"requiredSolutions":2,"taskRequesterTimestamp":1710262226,"gasLimit":"500","executionTimeout":6000}""",
                """{"namespace":"n","taskName":"t","async":true,"input":"x","totalSolutions":1,"requiredSolutions":1,"taskRequesterTimestamp":1710262226}""",
            ],
            calls.Select(static call => call.Body));
    }

    [Fact]
    public void Dotted_columns_build_a_JSON_text()
    {
        wire.Csv("text.n:integer,text.customer.name,text.tags.0,text.none", "12345678901234567890,Anne,new,");

        Assert.Equal(
            """{"n":12345678901234567890,"customer":{"name":"Anne"},"tags":["new"]}""", wire.Send($"Import-Csv $csv | {Function}").Input.GetString());
    }

    [Fact]
    public void The_command_line_wins_over_columns()
    {
        HubRequest call = wire.Send(
            $"@{{ Text = 'row'; TotalSolutions = 9; RequiredSolutions = 9; RequesterTimestamp = 9; GasLimit = '9' }} | {Function} -Text line -TotalSolutions 2 -RequiredSolutions 1 -RequesterTimestamp 3 -GasLimit 4");

        Assert.Equal(
            """{"namespace":"n","taskName":"t","async":true,"input":"line","totalSolutions":2,"requiredSolutions":1,"taskRequesterTimestamp":3,"gasLimit":"4"}""", call.Body);
    }

    [Theory]
    [InlineData("TaskName = ''", "TaskName: no value; give -TaskName or a column 'TaskName'.")]
    [InlineData("Text = ''", "Text: no value; give -Text, which may be '', or a column 'Text' that is not empty.")]
    [InlineData("Text = 'x'; 'text.n' = 1", "Text: the field is given twice: as a whole and in columns 'text.NAME'.")]
    [InlineData("Text = 'x'; RequiredSolutions = 2", "RequiredSolutions: 2 is more than TotalSolutions, which is 1.")]
    [InlineData("Text = 'x'; RequiredSolutions = '4'; TotalSolutions = '3'", "RequiredSolutions: 4 is more than TotalSolutions, which is 3.")]
    [InlineData("Text = 'x'; TotalSolutions = 'three'", "TotalSolutions: 'three' is not a whole number from 0 to 4294967295.")]
    [InlineData("Text = 'x'; taskRequesterTimestamp = 1710262226000", "RequesterTimestamp: '1710262226000' is not a whole number from 0 to 4294967295.")]
    [InlineData("Text = 'x'; GasLimit = '6e10'", "GasLimit: '6e10' is not a number of steps; give digits only.")]
    [InlineData("Text = 'x'; GasLimit = -1", "GasLimit: '-1' is not a number of steps; give digits only.")]
    [InlineData("'text.n:integer' = 'two'", "text.n: 'two' is not an integer.")]
    [InlineData("Text = [System.Net.NetworkCredential]::new('', 'hidden').SecurePassword", "Text: a secret cannot be sent here, because the hub's transcript would show it. Use -Headers for secrets of an API task's target.")]
    public void A_row_that_cannot_be_sent_is_an_error_that_names_the_field(string cells, string message) =>
        Assert.Equal(("InvalidInput", "Row 1: " + message), wire.Refuse($"@{{ Namespace = 'n'; TaskName = 't'; {cells} }} | Invoke-TruebitFunction".Replace("TaskName = 't'; TaskName", "TaskName")));

    [Fact]
    public void Both_names_of_a_column_in_one_input_are_an_error() => Assert.Equal(
        ("InvalidInput", "input: the column 'Text' already gives this field. The columns are: Text, input. Nothing was sent."), wire.Refuse($"[pscustomobject]@{{ Text = 'a'; input = 'b' }} | {Function}"));

    [Fact]
    public void A_dotted_column_that_is_not_used_is_warned_of()
    {
        wire.Send($"@{{ Text = 'x'; 'txt.n' = 1 }} | {Function}");

        Assert.Equal("The column 'txt.n' is not used. Columns with a dot must start with text.", Assert.Single(wire.Last.Warnings));
    }

    [Fact]
    public void What_only_API_tasks_have_is_not_there()
    {
        string[] parameters = wire.Engine.Ok("(Get-Command Invoke-TruebitFunction).Parameters.Keys").Output.Select(static name => name.ToString()).ToArray();

        Assert.Empty(parameters.Intersect(["Path", "Url", "Method", "Params", "Body", "Headers", "InputObject", "IdempotencyHeader"]));
        Assert.Equal(
            ("InvalidInput", "-Key can only be used with -Journal, -Shard or -IdempotencyHeader."), wire.Refuse($"{Function} -Text x -Key Id"));
    }

    [Fact]
    public void WhatIf_names_the_task_and_sends_nothing()
    {
        Assert.Empty(wire.SendAll($"{Function} -Text hidden -WhatIf"));

        Assert.Matches("What if: Performing the operation \"Execute function task\" on target \"n/t \\([0-9]+ bytes\\)\"\\.\n$", wire.Engine.Host.Screen.Text);
    }

    [Fact]
    public void A_short_execution_timeout_is_warned_of()
    {
        wire.Send($"{Function} -Text x -ExecutionTimeout 6");

        Assert.Equal("ExecutionTimeout is 6. The hub appears to use milliseconds; for 6 seconds give 6000.", Assert.Single(wire.Last.Warnings));
    }
}
