using Truebit.Module.Tests.Hosting;

namespace Truebit.Module.Tests.Manifests;

/// <summary>Start-TruebitSandbox -Task: a task that is known by its manifest alone.</summary>
public sealed class SandboxTaskTests : IDisposable
{
    private readonly Engine _engine = new();

    public SandboxTaskTests()
    {
        _engine["petstore"] = Path.Combine(Repository.Samples, "petstore.manifest.json");
        _engine.ConnectSandbox("-Task @{ 'shop/orders' = $petstore }");
    }

    public void Dispose() => _engine.Dispose();

    [Theory]
    [InlineData("-Method GET -Path '/store/order/{orderId}' -Params @{ orderId = 1 }", """{"id":10,"petId":198772,"quantity":7,"shipDate":"2077-08-24T14:15:22Z","status":"placed","complete":true}""")]
    [InlineData("-Method GET -Path /store/inventory", """{"placed":4,"approved":2,"delivered":7}""")]
    public void It_answers_with_the_manifests_examples(string call, string output) =>
        Assert.Equal(output, _engine.Ok($"Invoke-TruebitTask -Namespace shop -TaskName orders {call}").Value<string>("OutputJson"));

    [Fact]
    public void It_refuses_what_the_manifest_does_not_allow()
    {
        (string id, string message) = _engine.Run("Invoke-TruebitTask -Namespace shop -TaskName orders -Method POST -Path /store/order -Body @{ id = 'x'; color = 1 } -Headers @{ 'X-Key' = 's3cret' }").OnlyError;

        Assert.Equal("InvalidRequest", id);
        Assert.Contains("(400): input.body.", message);
        Assert.Contains("input.body.id: it must be an integer, but is \"x\"", message);
        Assert.Contains("input.body.color", message);
        Assert.DoesNotContain("s3cret", message);
        Assert.Equal(0L, _engine.Ok("Get-TruebitSandbox").Value<long>("Charges"));
    }

    [Theory]
    [InlineData("@{ 'shop/orders' = 'nowhere.json' }", "nowhere.json")]
    [InlineData("@{ orders = $petstore }", "'namespace/name'")]
    public void A_task_that_cannot_be_served_is_an_error(string task, string message)
    {
        (string id, string text) = _engine.Run($"Start-TruebitSandbox -Task {task}").End;

        Assert.Equal("InvalidInput", id);
        Assert.Contains(message, text);
    }

    [Fact]
    public void It_serves_3_1_and_answers_with_the_example_only_where_it_fits()
    {
        string file = Path.GetTempFileName();
        File.WriteAllText(file, """
            {
              "openapi": "3.1.0",
              "paths": {
                "/good": { "get": { "responses": { "200": { "content": { "application/json": { "schema": { "type": ["integer", "null"] }, "example": null } } } } } },
                "/bad": { "get": { "responses": { "200": { "content": { "application/json": { "schema": { "type": "object", "required": ["id"], "properties": { "id": { "const": 7, "readOnly": true } } }, "example": { "id": 8 } } } } } } }
              }
            }
            """);
        _engine["served"] = file;
        _engine.ConnectSandbox("-Task @{ 'my/task' = (Get-Item $served) }");
        File.Delete(file);

        Assert.Equal("null", _engine.Ok("Invoke-TruebitTask -Namespace my -TaskName task -Method GET -Path /good").Value<string>("OutputJson"));
        Assert.Equal("""{"id":7}""", _engine.Ok("Invoke-TruebitTask -Namespace my -TaskName task -Method GET -Path /bad").Value<string>("OutputJson"));
    }

    [Theory]
    [InlineData("Milliseconds", 1000, "Error")]
    [InlineData("Milliseconds", 3600001, "Success")]
    [InlineData("Seconds", 0, "Error")]
    public void Executions_run_out_of_their_time_if_they_are_to(string unit, int timeout, string status)
    {
        // An hour would never end in a test: what times out does so after its timeout, and what does not is still running.
        _engine.ConnectSandbox($"-Latency 3600 -TimeoutUnit {unit}");

        EngineRun run = _engine.Ok($"$e = Invoke-TruebitTask -Namespace sandbox -TaskName echo -Method GET -Path /p -ExecutionTimeout {timeout} -Async; $e");

        if (status == "Success")
        {
            Assert.Equal("Running", _engine.Ok("$e | Get-TruebitExecution").Values<object>("Status")[0].ToString());
        }
        else
        {
            EngineRun end = _engine.Ok("$e | Wait-TruebitExecution");
            Assert.Equal(status, end.Values<object>("Status")[0].ToString());
            Assert.Contains("executionTimeout", end.Value<string>("OutputJson"));
        }

        Assert.Equal(1L, _engine.Ok("Get-TruebitSandbox | Where-Object Charges").Value<long>("Charges"));
        Assert.Single(run.Output);
    }
}
