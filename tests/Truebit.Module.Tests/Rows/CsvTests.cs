using System.Management.Automation;
using Truebit.Module.Tests.Hosting;
using Truebit.TestHub;

namespace Truebit.Module.Tests.Rows;

public sealed class CsvTests(Wire wire) : IClassFixture<Wire>
{
    [Fact]
    public void Every_row_of_a_file_is_a_task()
    {
        wire.Csv(
            "Namespace,TaskName,Label,Version,Path,Method,params.orderId:integer,body.id:integer,body.status,headers.X-Request-ID,ExecutionTimeout,Note",
            "n,t,,,/store/order,POST,,11,placed,r1,,first",
            "n,t,stable,4,/store/order/{orderId},delete,11,,,,5000,second");

        IReadOnlyList<HubRequest> calls = wire.SendAll("Import-Csv $csv | Invoke-TruebitTask -ThrottleLimit 1");

        Assert.Equal(
            [
                """{"namespace":"n","taskName":"t","async":true,"executionTimeout":60000,"input":{"path":"/store/order","method":"POST","body":{"id":11,"status":"placed"},"headers":{"X-Request-ID":"r1"}}}""",
                """{"namespace":"n","taskName":"t","label":"stable","version":4,"async":true,"executionTimeout":5000,"input":{"path":"/store/order/{orderId}","method":"DELETE","params":{"orderId":11}}}""",
            ],
            calls.Select(static call => call.Body));
        Assert.Empty(wire.Last.Warnings);
    }

    [Fact]
    public void The_rows_of_the_quickstart_work_on_the_sandbox()
    {
        using Engine engine = new Engine().ConnectSandbox();
        engine["csv"] = Path.Combine(Repository.Samples, "orders.csv");

        EngineRun run = engine.Run("Import-Csv $csv | Invoke-TruebitTask");

        Assert.Equal(13, run.Output.Count);
        Assert.Equal(
            ("InvalidRequest", "Row 6: The hub refused the request (400): input.body.status must be one of placed, approved, delivered, but is \"shipped\"."),
            run.OnlyError);
        Assert.Equal("16", EngineRun.Of<string>((PSObject)run.Errors[0].TargetObject, "body.id:integer"));
    }

    [Fact]
    public void A_short_row_leaves_its_last_fields_out()
    {
        wire.Csv("Namespace,TaskName,Method,Path,body.a,body.b", "n,t,POST,/p,1");

        Assert.Equal("""{"a":"1"}""", wire.Send("Import-Csv $csv | Invoke-TruebitTask").Raw("body"));
    }

    [Fact]
    public void Columns_are_found_whatever_their_case_and_fields_keep_theirs()
    {
        wire.Csv("NAMESPACE,taskname,method,PATH,PARAMS.Id,Body.Name", "n,t,POST,/{Id},7,x");

        HubRequest call = wire.Send("Import-Csv $csv | Invoke-TruebitTask");

        Assert.Equal("""{"Id":"7"}""", call.Raw("params"));
        Assert.Equal("""{"Name":"x"}""", call.Raw("body"));
    }

    [Fact]
    public void Rows_with_other_columns_may_follow()
    {
        IReadOnlyList<HubRequest> calls = wire.SendAll(
            $$"""
            [pscustomobject]@{ Path = '/a'; 'body.x' = 1 }, [pscustomobject]@{ 'body.y' = 2; Path = '/b' }, @{ Path = '/c' } |
                Invoke-TruebitTask {{Wire.Task}} -Method POST -ThrottleLimit 1
            """);

        Assert.Equal(
            ["""{"path":"/a","method":"POST","body":{"x":1}}""", """{"path":"/b","method":"POST","body":{"y":2}}""", """{"path":"/c","method":"POST"}"""],
            calls.Select(static call => call.Json.GetProperty("input").GetRawText()));
    }
}
