using System.Net;
using System.Text.Json.Nodes;

namespace Truebit.Sandbox.Tests;

public sealed class RequestTests : IDisposable
{
    private const string EchoInput = """{"path":"/a","method":"GET"}""";

    private readonly SandboxCaller _caller = new();

    public void Dispose() => _caller.Dispose();

    [Theory]
    [InlineData(null)]
    [InlineData("not-the-key")]
    public async Task Without_the_key_nothing_is_executed(string? key)
    {
        Reply api = await _caller.PostAsync(SandboxCaller.ApiPath, SandboxCaller.ApiBody("echo", EchoInput), key);
        Reply function = await _caller.PostAsync(SandboxCaller.FunctionPath, SandboxCaller.FunctionBody("\"\""), key);

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized), (api.Status, function.Status));
        Assert.StartsWith("not authorized: the x-api-key header", api.Message);
        Assert.DoesNotContain("not-the-key", api.Text);
        Assert.DoesNotContain(_caller.Hub.ApiKey, api.Text);
        Assert.Equal(0, _caller.Hub.Counts.Executions);
    }

    [Theory]
    [InlineData("", "the body is not JSON: line 1, byte 1")]
    [InlineData("{\"a\":\n tru}", "the body is not JSON: line 2, byte 5")]
    [InlineData("{\"a\":\"\\ud800\"}", "the body is not JSON: a text in it is not valid Unicode")]
    [InlineData("[1]", "the body must be an object")]
    public async Task A_body_that_is_no_JSON_object_is_a_bad_request(string body, string message)
    {
        Reply reply = await _caller.PostAsync(SandboxCaller.ApiPath, body);

        Assert.Equal((HttpStatusCode.BadRequest, message), (reply.Status, reply.Message));
    }

    [Theory]
    [InlineData("namespace", null, "namespace is missing")]
    [InlineData("namespace", "5", "namespace must be a string, but 5 is a number")]
    [InlineData("taskName", null, "taskName is missing")]
    [InlineData("label", "true", "label must be a string, but true is a boolean")]
    [InlineData("version", "\"1\"", "version must be an integer, but \"1\" is a string")]
    [InlineData("async", null, "async is missing")]
    [InlineData("async", "\"true\"", "async must be a boolean, but \"true\" is a string")]
    [InlineData("executionTimeout", null, "executionTimeout is missing")]
    [InlineData("executionTimeout", "-1", "executionTimeout must be an integer from 0 to 4294967295, but is -1")]
    [InlineData("executionTimeout", "4294967296", "executionTimeout must be an integer from 0 to 4294967295, but is 4294967296")]
    [InlineData("executionTimeout", "1e3", "executionTimeout must be an integer, without fraction or exponent, but is 1e3")]
    [InlineData("input", null, "input is missing")]
    [InlineData("input", "\"{}\"", "input must be an object, but it is a string")]
    [InlineData("input", "[1]", "input must be an object, but it is an array")]
    [InlineData("input", "null", "input must be an object, but it is null")]
    public Task A_bad_field_of_an_api_request_is_named(string field, string? value, string message) =>
        AssertRefusedAsync(SandboxCaller.ApiPath, SandboxCaller.ApiBody("echo", EchoInput), field, value, message);

    [Theory]
    [InlineData("async", "1", "async must be a boolean, but 1 is a number")]
    [InlineData("input", "{}", "input must be a string, but it is an object")]
    [InlineData("totalSolutions", null, "totalSolutions is missing")]
    [InlineData("requiredSolutions", "2.0", "requiredSolutions must be an integer, without fraction or exponent, but is 2.0")]
    [InlineData("requiredSolutions", "4", "requiredSolutions must be at most totalSolutions (3), but is 4")]
    [InlineData("taskRequesterTimestamp", "1710262226000", "taskRequesterTimestamp must be an integer from 0 to 4294967295, but is 1710262226000")]
    [InlineData("gasLimit", "5", "gasLimit must be a string, but 5 is a number")]
    [InlineData("executionTimeout", "\"6000\"", "executionTimeout must be an integer, but \"6000\" is a string")]
    public Task A_bad_field_of_a_function_request_is_named(string field, string? value, string message) =>
        AssertRefusedAsync(SandboxCaller.FunctionPath, SandboxCaller.FunctionBody("\"20\""), field, value, message);

    [Fact]
    public async Task Optional_and_unknown_fields_are_let_pass()
    {
        JsonObject api = JsonNode.Parse(SandboxCaller.ApiBody("echo", EchoInput))!.AsObject();
        api["label"] = "latest";
        api["version"] = 1;
        api["reward"] = "15";
        JsonObject function = JsonNode.Parse(SandboxCaller.FunctionBody("\"20\""))!.AsObject();
        function["gasLimit"] = "60000000000";
        function["executionTimeout"] = 6000;

        Assert.Equal(HttpStatusCode.OK, (await _caller.PostAsync(SandboxCaller.ApiPath, api.ToJsonString())).Status);
        Assert.Equal(HttpStatusCode.OK, (await _caller.PostAsync(SandboxCaller.FunctionPath, function.ToJsonString())).Status);
    }

    [Theory]
    [InlineData("namespace", "elsewhere", "there is no API task elsewhere/echo, only sandbox/petstore, sandbox/echo, sandbox/broken")]
    [InlineData("taskName", "petstroe", "there is no API task sandbox/petstroe, only sandbox/petstore, sandbox/echo, sandbox/broken")]
    public async Task An_unknown_task_is_not_found_and_named(string field, string value, string message)
    {
        JsonObject body = JsonNode.Parse(SandboxCaller.ApiBody("echo", EchoInput))!.AsObject();
        body[field] = value;

        Reply reply = await _caller.PostAsync(SandboxCaller.ApiPath, body.ToJsonString());

        Assert.Equal((HttpStatusCode.NotFound, message), (reply.Status, reply.Message));
    }

    [Fact]
    public async Task An_api_task_is_unknown_to_the_function_endpoint()
    {
        string body = SandboxCaller.FunctionBody("\"20\"").Replace("echo", "petstore");

        Reply reply = await _caller.PostAsync(SandboxCaller.FunctionPath, body);

        Assert.Equal(HttpStatusCode.NotFound, reply.Status);
        Assert.Equal("there is no function task sandbox/petstore, only sandbox/echo, sandbox/indeterminate, sandbox/error", reply.Message);
    }

    [Fact]
    public async Task A_long_value_is_cut_in_the_message()
    {
        string value = $"\"{string.Concat(Enumerable.Repeat("😀", 100))}\"";

        Reply reply = await _caller.PostAsync(
            SandboxCaller.ApiPath, SandboxCaller.ApiBody("echo", EchoInput).Replace("false", value));

        Assert.Equal(HttpStatusCode.BadRequest, reply.Status);
        Assert.StartsWith("async must be a boolean, but \"😀", reply.Message);
        Assert.InRange(reply.Message.Length, 60, 120);
    }

    private async Task AssertRefusedAsync(string path, string body, string field, string? value, string message)
    {
        JsonObject changed = JsonNode.Parse(body)!.AsObject();
        changed.Remove(field);
        if (value is not null)
        {
            changed[field] = JsonNode.Parse(value);
        }

        Reply reply = await _caller.PostAsync(path, changed.ToJsonString());

        Assert.Equal((HttpStatusCode.BadRequest, message), (reply.Status, reply.Message));
        Assert.Equal(0, _caller.Hub.Counts.Charges);
    }
}
