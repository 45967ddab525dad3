using System.Net;

namespace Truebit.Sandbox.Tests;

public sealed class PetStoreTests : IDisposable
{
    private readonly SandboxCaller _caller = new();

    public void Dispose() => _caller.Dispose();

    [Fact]
    public async Task An_order_is_stored_and_read_as_it_was_sent()
    {
        const string order =
            """{"id": 9007199254740993, "petId":198772,"quantity":7,"shipDate":"2077-08-24T14:15:22Z","status":"\u0061pproved","complete":true}""";

        Reply stored = await PostAsync(order);
        Reply read = await OnOrderAsync("GET", """{"orderId":9007199254740993}""");

        Assert.Equal((order, "Success"), (stored.OutputText, stored.At("status")));
        Assert.Equal((order, "succeed"), (read.OutputText, read.At("clearTextSolution", "status")));
    }

    [Fact]
    public async Task An_order_of_the_same_id_takes_the_place_of_the_first()
    {
        await PostAsync("""{"id":2,"quantity":7}""");
        await PostAsync("""{"id":2,"quantity":18}""");

        Reply read = await OnOrderAsync("GET", """{"orderId":2}""");

        Assert.Equal("""{"id":2,"quantity":18}""", read.OutputText);
    }

    [Fact]
    public async Task A_deleted_order_is_gone()
    {
        await PostAsync("""{"id":2}""");

        Reply deleted = await OnOrderAsync("DELETE", """{"orderId":2}""");
        Reply again = await OnOrderAsync("DELETE", """{"orderId":2}""");

        Assert.Equal("""{"code":200,"type":"unknown","message":"2"}""", deleted.OutputText);
        Assert.Equal("Success", deleted.At("status"));
        Assert.Equal("Error", again.At("status"));
    }

    [Fact]
    public async Task An_order_that_does_not_exist_is_an_execution_that_ends_in_error()
    {
        Reply reply = await OnOrderAsync("GET", """{"orderId":2}""");

        Assert.Equal((HttpStatusCode.OK, "Error"), (reply.Status, reply.At("status")));
        Assert.Equal("failed", reply.At("clearTextSolution", "status"));
        Assert.Equal("""{"code":1,"type":"error","message":"Order not found"}""", reply.OutputText);
        Assert.Equal(1, _caller.Hub.Counts.Charges);
    }

    [Fact]
    public async Task The_inventory_counts_by_status()
    {
        await PostAsync("""{"id":1,"status":"placed"}""");
        await PostAsync("""{"id":2,"status":"placed"}""");
        await PostAsync("""{"id":3,"status":"delivered"}""");
        await PostAsync("""{"id":4}""");

        Reply reply = await _caller.PetStoreAsync("""{"path":"/store/inventory","method":"GET"}""");

        Assert.Equal("""{"placed":2,"approved":0,"delivered":1}""", reply.OutputText);
    }

    [Theory]
    [InlineData("""{"petId":1}""", "input.body.id is missing")]
    [InlineData("""{"id":"2"}""", "input.body.id must be an integer, but \"2\" is a string")]
    [InlineData("""{"id":2.5}""", "input.body.id must be an integer, without fraction or exponent, but is 2.5")]
    [InlineData("""{"id":null}""", "input.body.id must be an integer, but it is null")]
    [InlineData("""{"id":9223372036854775808}""",
        "input.body.id must be an integer from -9223372036854775808 to 9223372036854775807, but is 9223372036854775808")]
    [InlineData("""{"id":1,"petId":true}""", "input.body.petId must be an integer, but true is a boolean")]
    [InlineData("""{"id":1,"quantity":2147483648}""",
        "input.body.quantity must be an integer from -2147483648 to 2147483647, but is 2147483648")]
    [InlineData("""{"id":1,"shipDate":"24.08.2077"}""",
        "input.body.shipDate must be a date-time such as 2077-08-24T14:15:22Z, but is \"24.08.2077\"")]
    [InlineData("""{"id":1,"shipDate":"2077-02-30T14:15:22Z"}""",
        "input.body.shipDate must be a date-time such as 2077-08-24T14:15:22Z, but is \"2077-02-30T14:15:22Z\"")]
    [InlineData("""{"id":1,"shipDate":5}""", "input.body.shipDate must be a string, but 5 is a number")]
    [InlineData("""{"id":1,"status":"lost"}""", "input.body.status must be one of placed, approved, delivered, but is \"lost\"")]
    [InlineData("""{"id":1,"complete":"true"}""", "input.body.complete must be a boolean, but \"true\" is a string")]
    [InlineData("""{"id":1,"Quantity":1}""",
        "input.body.Quantity is not a property of an order: id, petId, quantity, shipDate, status, complete")]
    [InlineData("[]", "input.body must be an object, but it is an array")]
    public async Task An_order_is_checked_as_its_manifest_would(string order, string message)
    {
        Reply reply = await PostAsync(order);

        Assert.Equal((HttpStatusCode.BadRequest, message), (reply.Status, reply.Message));
        Assert.Equal(0, _caller.Hub.Counts.Charges);
    }

    [Theory]
    [InlineData("""{"path":"/store/order","method":"POST"}""", "input.body is missing")]
    [InlineData("""{"path":"/store/order/{orderId}","method":"GET"}""",
        "input.params.orderId is missing, and the path has {orderId}")]
    [InlineData("""{"path":"/store/order/{orderId}","method":"DELETE","params":{"orderID":2}}""",
        "input.params.orderId is missing, and the path has {orderId}")]
    [InlineData("""{"path":"/store/order/{orderId}","method":"GET","params":{"orderId":"2"}}""",
        "input.params.orderId must be an integer, but \"2\" is a string")]
    [InlineData("""{"path":"/store/order/{orderId}","method":"GET","params":[2]}""",
        "input.params must be an object, but it is an array")]
    [InlineData("""{"method":"GET"}""", "input.path is missing")]
    [InlineData("""{"path":"/store/inventory"}""", "input.method is missing")]
    public async Task A_call_without_what_its_operation_needs_is_refused(string input, string message)
    {
        Reply reply = await _caller.PetStoreAsync(input);

        Assert.Equal((HttpStatusCode.BadRequest, message), (reply.Status, reply.Message));
    }

    [Theory]
    [InlineData("PATCH", "/store/order")]
    [InlineData("get", "/store/inventory")]
    [InlineData("GET", "/store/order/2")]
    public async Task An_unknown_operation_is_refused_and_the_known_ones_listed(string method, string path)
    {
        Reply reply = await _caller.PetStoreAsync($$"""{"path":"{{path}}","method":"{{method}}"}""");

        Assert.Equal(HttpStatusCode.BadRequest, reply.Status);
        Assert.EndsWith(
            "POST /store/order, GET /store/order/{orderId}, DELETE /store/order/{orderId}, GET /store/inventory", reply.Message);
    }

    private Task<Reply> PostAsync(string order) =>
        _caller.PetStoreAsync($$"""{"path":"/store/order","method":"POST","body":{{order}}}""");

    private Task<Reply> OnOrderAsync(string method, string parameters) =>
        _caller.PetStoreAsync($$"""{"path":"/store/order/{orderId}","method":"{{method}}","params":{{parameters}}}""");
}
