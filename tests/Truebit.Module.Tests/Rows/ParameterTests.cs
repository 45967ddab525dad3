using Truebit.Module.Tests.Hosting;
using Truebit.TestHub;

namespace Truebit.Module.Tests.Rows;

public sealed class ParameterTests(Wire wire) : IClassFixture<Wire>
{
    [Fact]
    public void The_parameters_make_the_request()
    {
        HubRequest call = wire.Send(
            """
            Invoke-TruebitTask -Namespace 62faaf33 -TaskName petstore -Label stable -Version 3 -Path '/store/order/{orderId}' -Method put `
                -Params @{ orderId = 2 } -Body ([ordered]@{ id = 2; tags = 'a', 'b' }) -Headers @{ 'X-Request-ID' = 'r1' } -ExecutionTimeout 10000
            """);

        Assert.Equal("/task/api/execute-by-name", call.Path);
        Assert.Equal("application/json", call.Headers["Content-Type"]);
        Assert.Equal(Engine.Key, call.Key);
        Assert.Equal(
            """
            {"namespace":"62faaf33","taskName":"petstore","label":"stable","version":3,"async":true,"executionTimeout":10000,"input":{"path":"/store/order/{orderId}","method":"PUT","params":{"orderId":2},"body":{"id":2,"tags":["a","b"]},"headers":{"X-Request-ID":"r1"}}}
            """,
            call.Body);
    }

    [Fact]
    public void What_is_not_given_is_not_sent()
    {
        HubRequest call = wire.Send($"Invoke-TruebitTask {Wire.Task} -Path /p -Method GET");

        Assert.Equal("""{"namespace":"n","taskName":"t","async":true,"executionTimeout":60000,"input":{"path":"/p","method":"GET"}}""", call.Body);
    }

    [Fact]
    public void A_variable_that_is_null_gives_nothing()
    {
        HubRequest call = wire.Send($"Invoke-TruebitTask {Wire.Task} -Path /p -Method GET -Label $unset -Params $unset -Body $unset -Headers $unset");

        Assert.Equal("""{"namespace":"n","taskName":"t","async":true,"executionTimeout":60000,"input":{"path":"/p","method":"GET"}}""", call.Body);
    }

    [Theory]
    [InlineData("-Namespace $unset -TaskName t -Path /p -Method GET", "Namespace: no value; give -Namespace or a column 'Namespace'.")]
    [InlineData("-Namespace n -TaskName $unset -Path /p -Method GET", "TaskName: no value; give -TaskName or a column 'TaskName'.")]
    [InlineData("-Namespace n -TaskName t -Path $unset -Method GET", "Path: no value; give -Path, -Url or -InputObject, or a column of that name.")]
    [InlineData("-Namespace n -TaskName t -Path /p -Method $unset", "Method: no value; give -Method or a column 'Method'.")]
    public void A_variable_that_is_null_does_not_make_a_task(string parameters, string message) =>
        Assert.Equal(("InvalidInput", message), wire.Refuse($"Invoke-TruebitTask {parameters}"));

    [Fact]
    public void A_url_takes_the_place_of_the_path()
    {
        HubRequest call = wire.Send($"Invoke-TruebitTask {Wire.Task} -Url 'https://api.test/v2?q=1' -Method POST -Body @{{ a = 1 }}");

        Assert.Equal("""{"url":"https://api.test/v2?q=1","method":"POST","body":{"a":1}}""", call.Json.GetProperty("input").GetRawText());
    }

    [Theory]
    [InlineData("/relative")]
    [InlineData("ftp://api.test/file")]
    [InlineData("api.test")]
    public void A_url_is_absolute_and_of_http(string url) =>
        Assert.Equal(
            ("InvalidInput", "Url: the value must begin with https:// or http://, such as https://api.example.com/orders."),
            wire.Refuse($"Invoke-TruebitTask {Wire.Task} -Url {url} -Method GET"));

    [Theory]
    [InlineData("@{ method = 'GET'; path = '/{id}'; params = @{ id = 7 }; anything = @(@{ a = $null }) }")]
    [InlineData("([pscustomobject]@{ method = 'GET'; path = '/{id}'; params = @{ id = 7 }; anything = @(@{ a = $null }) })")]
    public void A_raw_input_may_hold_any_keys(string input)
    {
        HubRequest call = wire.Send($"Invoke-TruebitTask {Wire.Task} -InputObject {input}");

        Assert.Equal("""[{"a":null}]""", call.Raw("anything"));
        Assert.Equal(["anything", "method", "params", "path"], call.Input.EnumerateObject().Select(static member => member.Name).Order());
    }

    [Fact]
    public void A_raw_input_needs_neither_path_nor_method() =>
        Assert.Equal("{\"data\":\"x\"}", wire.Send($"Invoke-TruebitTask {Wire.Task} -InputObject @{{ data = 'x' }}").Json.GetProperty("input").GetRawText());

    [Theory]
    [InlineData("Headers")]
    [InlineData("HEADERS")]
    [InlineData("headers ")]
    public void A_raw_inputs_headers_in_another_spelling_are_refused_and_not_shown(string spelling)
    {
        (string id, string message) = wire.Refuse($"Invoke-TruebitTask {Wire.Task} -InputObject @{{ path = '/p'; '{spelling}' = @{{ Authorization = 'Bearer tell-nobody' }} }}");

        Assert.Equal("InvalidInput", id);
        Assert.Equal($"Input: the key '{spelling}' must be spelled 'headers'; as it is, the hub would not know it.", message);
    }

    [Fact]
    public void A_raw_inputs_headers_go_where_headers_go()
    {
        HubRequest call = wire.Send($"$set = New-TruebitHeaderSet -Accept text/plain; Invoke-TruebitTask {Wire.Task} -InputObject @{{ path = '/p'; headers = $set }} -Headers @{{ X = 1 }}");

        Assert.Equal("""{"Accept":"text/plain","X":"1"}""", call.Raw("headers"));
    }

    [Fact]
    public void A_raw_input_is_an_object() =>
        Assert.Equal(
            ("InvalidInput", "Input: text is not an object; for JSON text, name the column 'input:json'."),
            wire.Refuse($"Invoke-TruebitTask {Wire.Task} -InputObject '{{}}'"));

    [Fact]
    public void Path_and_url_are_different_parameter_sets() =>
        Assert.Equal("AmbiguousParameterSet", wire.Refuse($"Invoke-TruebitTask {Wire.Task} -Path /p -Url https://api.test/ -Method GET").Id);

    [Theory]
    [InlineData("-ThrottleLimit 0")]
    [InlineData("-ThrottleLimit 10001")]
    [InlineData("-Timeout -1")]
    public void A_parameter_out_of_its_range_is_refused(string parameter)
    {
        (_, string message) = wire.Refuse($"Invoke-TruebitTask {Wire.Task} -Path /p -Method GET {parameter}");

        Assert.Contains($"parameter '{parameter.Split(' ')[0].TrimStart('-')}'", message);
    }

    [Fact]
    public void Async_and_sync_exclude_each_other() =>
        Assert.Equal(
            ("InvalidInput", "-Async and -Sync cannot be used together."),
            wire.Refuse($"Invoke-TruebitTask {Wire.Task} -Path /p -Method GET -Async -Sync"));

    [Theory]
    [InlineData("G", new[] { "GET" })]
    [InlineData("p", new[] { "POST", "PUT", "PATCH" })]
    public void The_method_is_completed(string typed, string[] expected)
    {
        wire.Engine["line"] = $"Invoke-TruebitTask -Method {typed}";
        string[] found = wire.Engine.Ok("(TabExpansion2 $line $line.Length).CompletionMatches").Values<string>("CompletionText");

        Assert.Equal(expected, found);
    }
}
