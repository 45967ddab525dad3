using System.Net;

namespace Truebit.Sandbox.Tests;

public sealed class EndpointTests : IDisposable
{
    private readonly SandboxCaller _caller = new();

    public void Dispose() => _caller.Dispose();

    [Theory]
    [InlineData("/task/api/execute-by-name")]
    [InlineData("/task/api/execute-by-name/")]
    public async Task Api_tasks_are_executed_with_and_without_a_trailing_slash(string path)
    {
        Reply reply = await _caller.PostAsync(path, SandboxCaller.ApiBody("echo", """{"path":"/a","method":"GET"}"""));

        Assert.Equal(HttpStatusCode.OK, reply.Status);
        Assert.Equal("Success", reply.At("status"));
    }

    [Theory]
    [InlineData("/task/function/execute-by-name")]
    [InlineData("/task/function/execute-by-name/")]
    public async Task Function_tasks_are_executed_with_and_without_a_trailing_slash(string path)
    {
        Reply reply = await _caller.PostAsync(path, SandboxCaller.FunctionBody("\"20\""));

        Assert.Equal(HttpStatusCode.OK, reply.Status);
        Assert.Equal("Success", reply.At("verificationStatus"));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/task/api")]
    [InlineData("/task/api/execution-status")]
    [InlineData("/Task/Api/Execute-By-Name")]
    public async Task Other_paths_are_not_found(string path)
    {
        Reply reply = await _caller.GetAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, reply.Status);
        Assert.Equal("the sandbox has no such endpoint", reply.Message);
    }

    [Theory]
    [InlineData("GET", "/task/api/execute-by-name", "POST")]
    [InlineData("PUT", "/task/function/execute-by-name", "POST")]
    [InlineData("DELETE", "/task/api/execution-status/1", "GET")]
    [InlineData("POST", "/task/function/execution-status/1", "GET")]
    public async Task A_wrong_method_is_refused_and_the_right_one_named(string method, string path, string right)
    {
        Reply reply = await _caller.GetAsync(path, method);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, reply.Status);
        Assert.Equal($"this endpoint takes {right} only", reply.Message);
    }

    [Fact]
    public async Task An_unknown_execution_is_not_found_in_either_family()
    {
        string id = Guid.NewGuid().ToString();

        Reply api = await _caller.ApiStatusAsync(id);
        Reply function = await _caller.FunctionStatusAsync(id);

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (api.Status, function.Status));
        Assert.Equal("no execution of this id is known to this endpoint", api.Message);
    }

    [Fact]
    public async Task An_execution_is_known_to_its_own_family_only()
    {
        Reply api = await _caller.EchoAsync("""{"path":"/a","method":"GET"}""");
        Reply function = await _caller.FunctionAsync("\"20\"");

        Assert.Equal(HttpStatusCode.OK, (await _caller.ApiStatusAsync(api.Id)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await _caller.FunctionStatusAsync(api.Id)).Status);
        Assert.Equal(HttpStatusCode.OK, (await _caller.FunctionStatusAsync(function.Id)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await _caller.ApiStatusAsync(function.Id)).Status);
    }
}
