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
}
