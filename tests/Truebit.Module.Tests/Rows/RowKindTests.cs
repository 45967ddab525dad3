using System.Management.Automation;
using Truebit.Module.Tests.Hosting;
using Truebit.TestHub;

namespace Truebit.Module.Tests.Rows;

public sealed class RowKindTests(Wire wire) : IClassFixture<Wire>
{
    [Fact]
    public void A_hashtable_is_a_row()
    {
        HubRequest call = wire.Send("@{ Namespace = 'n'; TaskName = 't'; Method = 'POST'; Path = '/{id}'; Params = @{ id = 1 }; Body = @{ deep = @{ deeper = 1, 2 } } } | Invoke-TruebitTask");

        Assert.Equal("""{"id":1}""", call.Raw("params"));
        Assert.Equal("""{"deep":{"deeper":[1,2]}}""", call.Raw("body"));
    }

    [Fact]
    public void The_hubs_own_input_files_are_rows()
    {
        // What ConvertFrom-Json makes of petstore-crud/post.add.input.json (truebit-api.md 3.3).
        HubRequest call = wire.Send(
            """
            [pscustomobject]@{
                namespace = 'n'; taskName = 't'; executionTimeout = 10000; async = $false
                input = [pscustomobject]@{
                    path = '/store/order'; method = 'POST'
                    body = [pscustomobject]@{ id = 1; petId = 198772; quantity = 7; shipDate = '2077-08-24T14:15:22Z'; status = 'approved'; complete = $true }
                }
            } | Invoke-TruebitTask
            """);

        Assert.Equal(
            """{"namespace":"n","taskName":"t","async":false,"executionTimeout":10000,"input":{"path":"/store/order","method":"POST","body":{"id":1,"petId":198772,"quantity":7,"shipDate":"2077-08-24T14:15:22Z","status":"approved","complete":true}}}""",
            call.Body);
    }

    [Fact]
    public void The_hubs_older_input_files_are_rows_too()
    {
        HubRequest call = wire.Send(
            """
            [pscustomobject]@{
                taskId = 'api_0/1.0.0'; reward = '15'; requiredSolutions = 1; totalSolutions = 1; executionTimeout = 10000
                input = [pscustomobject]@{ path = '/anything/{Id}'; method = 'GET'; params = [pscustomobject]@{ Id = 2 } }
            } | Invoke-TruebitTask -Namespace n -TaskName t
            """);

        Assert.Equal("""{"path":"/anything/{Id}","method":"GET","params":{"Id":2}}""", call.Json.GetProperty("input").GetRawText());
    }

    [Theory]
    [InlineData("'text'", "String")]
    [InlineData("7", "Int32")]
    [InlineData(", @(1, 2)", "Object[]")]
    public void What_has_no_columns_is_no_row(string row, string type) =>
        Assert.Equal(
            ("InvalidInput", $"Row 1: a {type} has no columns; pipe in rows from Import-Csv, objects from ConvertFrom-Json, or hashtables."),
            wire.Refuse($"{row} | Invoke-TruebitTask {Wire.Task} -Path /p -Method GET"));

    [Fact]
    public void A_null_is_no_row_and_the_others_go_on()
    {
        EngineRun run = wire.Engine.Run($"$null, @{{ Path = '/a' }} | Invoke-TruebitTask {Wire.Task} -Method GET");

        Assert.Single(run.Output);
        Assert.Equal(("InvalidInput", "Row 1: the row is null and was not sent: an empty task would still be charged."), run.OnlyError);
    }

    [Fact]
    public void No_row_is_no_task() => Assert.Empty(wire.SendAll($"@() | Invoke-TruebitTask {Wire.Task} -Path /p -Method GET"));

    [Theory]
    [InlineData("Endpoint", null)]
    [InlineData("Endpoint", "")]
    [InlineData("Endpoint", "https://somewhere.else/")]
    [InlineData("ApiKey", null)]
    [InlineData("ApiKey", 5)]
    [InlineData("Session", "mine")]
    [InlineData("Timeout", "soon")]
    [InlineData("Row", "first")]
    public void A_column_of_the_users_own_stays_out_of_the_request(string column, object? cell)
    {
        HubRequest call = wire.Row((column, cell)).Send("$row | Invoke-TruebitTask");

        Assert.Equal("""{"path":"/p","method":"POST"}""", call.Json.GetProperty("input").GetRawText());
        Assert.Empty(wire.Last.Warnings);
    }

    [Fact]
    public void A_property_that_cannot_be_read_is_an_error_of_its_row_and_the_others_go_on()
    {
        PSObject broken = new();
        broken.Properties.Add(new PSScriptProperty("Path", ScriptBlock.Create("throw 'this cannot be read'")));
        wire.Engine["broken"] = broken;

        EngineRun run = wire.Engine.Run($"$broken, @{{ Path = '/b' }} | Invoke-TruebitTask {Wire.Task} -Method GET");

        Assert.Null(run.Ended);
        Assert.Equal("InvalidInput", run.OnlyError.Id);
        Assert.Single(run.Output);
    }
}
