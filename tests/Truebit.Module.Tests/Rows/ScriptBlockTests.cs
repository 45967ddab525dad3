using Truebit.Module.Tests.Hosting;
using Truebit.TestHub;

namespace Truebit.Module.Tests.Rows;

/// <summary>A script block for a parameter is a column: it is evaluated for each row.</summary>
public sealed class ScriptBlockTests(Wire wire) : IClassFixture<Wire>
{
    [Fact]
    public void Every_parameter_that_a_column_can_give_takes_one()
    {
        HubRequest call = wire.Send(
            """
            @{ N = 7 } | Invoke-TruebitTask -Namespace { "n$($_.N)" } -TaskName { 't' } -Label { 'l' } -Version { $_.N } -ExecutionTimeout { 1000 * $_.N } `
                -Path { "/order/{id}" } -Method { 'put' } -Params { @{ id = $_.N } } -Body { @{ id = [int]$_.N; tags = @('a') } } -Headers { @{ 'X-N' = $_.N } }
            """);

        Assert.Equal(
            """{"namespace":"n7","taskName":"t","label":"l","version":7,"async":true,"executionTimeout":7000,"input":{"path":"/order/{id}","method":"PUT","params":{"id":7},"body":{"id":7,"tags":["a"]},"headers":{"X-N":"7"}}}""",
            call.Body);
    }

    [Fact]
    public void A_url_and_a_raw_input_take_one()
    {
        Assert.Equal("https://api.test/7", wire.Send($"@{{ N = 7 }} | Invoke-TruebitTask {Wire.Task} -Method GET -Url {{ \"https://api.test/$($_.N)\" }}").Input.GetProperty("url").GetString());
        Assert.Equal("{\"data\":7}", wire.Send($"@{{ N = 7 }} | Invoke-TruebitTask {Wire.Task} -InputObject {{ @{{ data = $_.N }} }}").Input.GetRawText());
    }

    [Fact]
    public void Functions_take_them_too()
    {
        HubRequest call = wire.Send(
            $"@{{ N = 7 }} | Invoke-TruebitFunction {Wire.Task} -Text {{ \"n $($_.N)\" }} -TotalSolutions {{ $_.N }} -RequiredSolutions {{ 2 }} -RequesterTimestamp {{ 5 }} -GasLimit {{ '9' }}");

        Assert.Equal(
            """{"namespace":"n","taskName":"t","async":true,"input":"n 7","totalSolutions":7,"requiredSolutions":2,"taskRequesterTimestamp":5,"gasLimit":"9"}""",
            call.Body);
    }

    [Fact]
    public void Each_row_has_its_own_value_and_the_columns_fill_what_is_left()
    {
        wire.Csv("OrderId,Qty", "A,1", "B,2");

        IReadOnlyList<HubRequest> calls = wire.SendAll(
            $"Import-Csv $csv | Invoke-TruebitTask {Wire.Task} -Method POST -Path {{ \"/o/$($_.OrderId)\" }} -Body {{ @{{ qty = [int]$_.Qty }} }} -ThrottleLimit 1");

        Assert.Equal(["/o/A {\"qty\":1}", "/o/B {\"qty\":2}"], calls.Select(static call => $"{call.Input.GetProperty("path").GetString()} {call.Raw("body")}"));
    }

    [Fact]
    public void Nothing_and_empty_text_are_not_given() => Assert.Equal(
        "from-the-row", wire.Row(("Label", "from-the-row")).Send("$row | Invoke-TruebitTask -Label { }").Json.GetProperty("label").GetString());

    [Theory]
    [InlineData("{ throw 'no such order' }", "no such order")]
    [InlineData("{ Write-Error 'no such order'; '/a' }", "no such order")]
    [InlineData("{ [int]$_.OrderId }", "Cannot convert value \"A\" to type \"System.Int32\"")]
    public void Its_error_is_that_rows_error(string script, string message)
    {
        wire.Csv("OrderId", "A", "1");
        EngineRun run = wire.Engine.Run($"Import-Csv $csv | Invoke-TruebitTask {Wire.Task} -Method GET -Path {{ if ($_.OrderId -eq 'A') {script} else {{ '/b' }} }}");

        Assert.Single(run.Output);
        Assert.StartsWith($"Row 1: Path: the script block failed: {message}", run.OnlyError.Message, StringComparison.Ordinal);
        Assert.Equal("InvalidInput", run.OnlyError.Id);
    }

    [Fact]
    public void Without_rows_it_is_an_error() => Assert.Equal(
        ("InvalidInput", "Path: a script block needs rows from the pipeline, as $_."),
        wire.Refuse($"Invoke-TruebitTask {Wire.Task} -Method GET -Path {{ '/x' }}"));

    [Fact]
    public void Test_TruebitTask_takes_them()
    {
        wire.Engine["petstore"] = Path.Combine(Repository.Root, "samples", "petstore.manifest.json");
        EngineRun run = wire.Engine.Ok($"@{{ N = 7 }} | Test-TruebitTask -Manifest $petstore {Wire.Task} -Method GET -Path '/store/order/{{orderId}}' -Params {{ @{{ orderId = $_.N }} }}");

        Assert.True(run.Value<bool>("IsValid"));
        Assert.Contains("\"orderId\":7", run.Value<string>("RequestJson"), StringComparison.Ordinal);
    }

    [Fact]
    public void It_may_call_the_module_itself()
    {
        HubRequest[] calls = [.. wire.SendAll(
            $"@{{ N = 7 }} | Invoke-TruebitTask {Wire.Task} -Method GET -Path {{ Invoke-TruebitTask {Wire.Task} -Method GET -Path /inner | Out-Null; '/outer' }}")];

        Assert.Equal(["/inner", "/outer"], calls.Select(static call => call.Input.GetProperty("path").GetString()));
    }
}
