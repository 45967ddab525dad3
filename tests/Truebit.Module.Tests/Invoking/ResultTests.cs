using System.Collections.Specialized;
using System.Management.Automation;
using System.Numerics;
using Truebit.Module.Tests.Hosting;
using Truebit.TestHub;

namespace Truebit.Module.Tests.Invoking;

public sealed class ResultTests
{
    [Fact]
    public void A_result_has_all_that_is_known_of_its_execution()
    {
        using Engine engine = new Engine().ConnectSandbox();
        DateTime before = DateTime.UtcNow;

        EngineRun run = engine.Ok(
            """
            $row = [pscustomobject]@{ Namespace = 'sandbox'; TaskName = 'petstore'; Label = 'stable'; Version = 3; Method = 'POST'; Path = '/store/order'; 'body.id:integer' = '7' }
            $result = $row | Invoke-TruebitTask
            $result
            """);

        Assert.Equal("Truebit.TruebitExecution", run.Output[0].TypeNames[0]);
        Assert.True(Guid.TryParse(run.Value<string>("ExecutionId"), out _));
        Assert.Equal("Api", run.Value<string>("Kind"));
        Assert.Equal("Success", run.Value<string>("Status"));
        Assert.Equal("Success", run.Value<string>("StatusText"));
        Assert.Equal("succeed", run.Value<string>("SolutionStatus"));
        Assert.Equal("sandbox", run.Value<string>("Namespace"));
        Assert.Equal("petstore", run.Value<string>("TaskName"));
        Assert.Equal("stable", run.Value<string>("Label"));
        Assert.Equal(3u, run.Value<uint>("Version"));
        Assert.Equal("""{"id":7}""", run.Value<string>("OutputJson"));
        Assert.Equal(7L, run.Value<PSObject>("Output").Properties["id"].Value);
        Assert.Matches("^0x[0-9a-fA-F]{40}$", run.Value<string>("SenderAddress"));
        Assert.Null(run.Value<object>("Signature"));
        Assert.True(run.Value<long>("RequestBytes") > 0);
        Assert.Equal(8L, run.Value<long>("ResponseBytes"));
        Assert.InRange(run.Value<DateTime>("SubmittedAt"), before, DateTime.UtcNow);
        Assert.InRange(run.Value<DateTime>("CompletedAt"), run.Value<DateTime>("SubmittedAt"), DateTime.UtcNow);
        Assert.Equal(DateTimeKind.Utc, run.Value<DateTime>("SubmittedAt").Kind);
        Assert.Equal(run.Value<DateTime>("CompletedAt") - run.Value<DateTime>("SubmittedAt"), run.Value<TimeSpan>("Duration"));
        Assert.True((bool)engine.Ok("[object]::ReferenceEquals($result.InputObject.PSObject.BaseObject, $row.PSObject.BaseObject)").Output.Single().BaseObject);
        Assert.Equal($"{run.Value<string>("ExecutionId")} Success", run.Output[0].ToString());
    }

    [Theory]
    [InlineData("Success")]
    [InlineData("Error")]
    [InlineData("Indeterminate")]
    public void What_the_hub_has_finished_is_a_result_and_not_an_error(string status)
    {
        using HubServer hub = new(call => CannedResponse.Json($$"""{"executionId":"x","status":"{{status}}"}"""));
        using Engine engine = new Engine().Connect(hub.Endpoint);

        Assert.Equal(status, engine.Ok("Invoke-TruebitTask -Namespace n -TaskName t -Path /p -Method GET").Value<string>("Status"));
    }

    [Fact]
    public void An_order_that_does_not_exist_is_a_result_with_the_status_Error()
    {
        using Engine engine = new Engine().ConnectSandbox();

        EngineRun run = engine.Ok("Invoke-TruebitTask -Namespace sandbox -TaskName petstore -Method GET -Path '/store/order/{orderId}' -Params @{ orderId = 404 }");

        Assert.Equal("Error", run.Value<string>("Status"));
        Assert.Equal("Order not found", EngineRun.Of<string>(run.Value<PSObject>("Output"), "message"));
    }

    [Fact]
    public void A_word_that_is_not_documented_is_a_status_of_its_own()
    {
        using HubServer hub = new(call => CannedResponse.Json("""{"executionId":"x","status":"Puzzled","clearTextSolution":{"output":1}}"""));
        using Engine engine = new Engine().Connect(hub.Endpoint);

        EngineRun run = engine.Ok("Invoke-TruebitTask -Namespace n -TaskName t -Path /p -Method GET");

        Assert.Equal("Unknown", run.Value<string>("Status"));
        Assert.Equal("Puzzled", run.Value<string>("StatusText"));
    }

    [Theory]
    [InlineData(1_000, typeof(BigInteger))]
    [InlineData(1_001, typeof(string))]
    [InlineData(900_000, typeof(string))]
    public void A_number_of_very_many_digits_stays_text(int digits, Type type)
    {
        object number = ((PSObject)Output($$"""{"n":{{new string('7', digits)}} }""")!).Properties["n"].Value;

        Assert.IsType(type, number);
        Assert.Equal(digits, number.ToString()!.Length);
    }

    [Fact]
    public void Output_is_PowerShells_own_objects_and_dates_stay_text()
    {
        PSObject output = (PSObject)Output(
            """{"text":"2077-08-24T14:15:22Z","whole":7,"large":12345678901234567890,"part":1.10,"yes":true,"none":null,"list":[1],"empty":[],"deep":{"deeper":{"x":"y"}}}""")!;

        Assert.Equal("2077-08-24T14:15:22Z", output.Properties["text"].Value);
        Assert.Equal(7L, output.Properties["whole"].Value);
        Assert.Equal(BigInteger.Parse("12345678901234567890"), output.Properties["large"].Value);
        Assert.Equal(1.1, output.Properties["part"].Value);
        Assert.Equal(true, output.Properties["yes"].Value);
        Assert.Null(output.Properties["none"].Value);
        Assert.Equal([1L], (object[])output.Properties["list"].Value);
        Assert.Empty((object[])output.Properties["empty"].Value);
        Assert.Equal("y", ((PSObject)((PSObject)output.Properties["deep"].Value).Properties["deeper"].Value).Properties["x"].Value);
    }

    [Theory]
    [InlineData("\"text\"", "text")]
    [InlineData("\"{\\\"a\\\":1}\"", "{\"a\":1}")]
    [InlineData("7", 7L)]
    [InlineData("false", false)]
    [InlineData("null", null)]
    [InlineData("1e999", "1e999")]
    public void An_output_that_is_no_object_is_itself(string json, object? expected) => Assert.Equal(expected, Output(json));

    [Theory]
    [InlineData("""{"a":1,"A":2}""")]
    [InlineData("""{"":1,"b":2}""")]
    public void An_object_that_PowerShell_cannot_have_is_a_dictionary(string json)
    {
        OrderedDictionary output = (OrderedDictionary)Output(json)!;

        Assert.Equal([1L, 2L], output.Values.Cast<object>());
    }

    [Theory]
    [InlineData("""{ "spaced" : [ 1.10 , 12345678901234567890 ] }""")]
    [InlineData("\"\\u0041\"")]
    public void OutputJson_is_what_the_hub_sent(string json)
    {
        using HubServer hub = new(_ => CannedResponse.Success("x", json));
        using Engine engine = new Engine().Connect(hub.Endpoint);

        EngineRun run = engine.Ok("Invoke-TruebitTask -Namespace n -TaskName t -Path /p -Method GET");

        Assert.Equal(json, run.Value<string>("OutputJson"));
        Assert.Contains(json, run.Value<string>("RawJson"));
    }

    [Fact]
    public void The_table_fits_100_columns_and_shows_the_whole_id()
    {
        using Engine engine = new Engine().ConnectSandbox();
        engine.Ok("$result = Invoke-TruebitTask -Namespace sandbox -TaskName echo -Method POST -Path /a -Body @{ long = 'x' * 500 }");

        string[] lines = engine.Show("$result");

        Assert.Matches("^ +Row Status +ExecutionId +Output$", lines[0]);
        Assert.Matches("^ +Success +[0-9a-f-]{36} \\{\"method\"", lines[2]);
        Assert.Equal(3, lines.Length);
        Assert.All(lines, static line => Assert.InRange(line.Length, 1, TestRawUI.Columns));
    }

    [Fact]
    public void The_list_shows_what_the_table_has_no_room_for()
    {
        using Engine engine = new Engine().ConnectSandbox();
        engine.Ok("$result = Invoke-TruebitTask -Namespace sandbox -TaskName echo -Method GET -Path /a");

        string[] lines = engine.Show("$result | Format-List");

        Assert.Equal(
            ["ExecutionId", "Kind", "Status", "SolutionStatus", "Namespace", "TaskName", "Label", "Version", "Output", "SenderAddress", "RequestBytes", "ResponseBytes", "SubmittedAt", "CompletedAt", "Duration"],
            lines.Where(static line => line.Length > 15 && line[15] == ':').Select(static line => line[..15].Trim()));
        Assert.Contains(lines, static line => line.Trim().StartsWith("\"path\": \"/a\"", StringComparison.Ordinal));
        Assert.All(lines, static line => Assert.InRange(line.Length, 1, TestRawUI.Columns));
    }

    [Theory]
    [InlineData("{\"n\":1.10,\"big\":12345678901234567890}", "{\n  \"n\": 1.10,\n  \"big\": 12345678901234567890\n}")]
    [InlineData("\"line 1\\nline 2\"", "line 1\nline 2")]
    [InlineData("5e-7", "5e-7")]
    public void Output_is_written_for_people_digit_for_digit(string output, string shown)
    {
        using HubServer hub = new(_ => CannedResponse.Success("x", output));
        using Engine engine = new Engine().Connect(hub.Endpoint);

        Assert.Equal(shown, engine.Ok($"(Invoke-TruebitTask {Wire.Task} -Method GET -Path /a).FormatOutput()").Output.Single().ToString().ReplaceLineEndings("\n"));
    }

    [Fact]
    public void A_result_survives_an_export()
    {
        using Engine engine = new Engine().ConnectSandbox();
        engine.Ok("$result = Invoke-TruebitTask -Namespace sandbox -TaskName echo -Method GET -Path /a");

        EngineRun run = engine.Ok("[System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($result, 5))");

        Assert.Equal("Deserialized.Truebit.TruebitExecution", run.Output[0].TypeNames[0]);
        Assert.Equal("/a", EngineRun.Of<string>(run.Value<PSObject>("Output"), "path"));
    }

    private static object? Output(string json)
    {
        using HubServer hub = new(_ => CannedResponse.Success("x", json));
        using Engine engine = new Engine().Connect(hub.Endpoint);
        return engine.Ok("Invoke-TruebitTask -Namespace n -TaskName t -Path /p -Method GET").Output.Single().Properties["Output"].Value;
    }
}
