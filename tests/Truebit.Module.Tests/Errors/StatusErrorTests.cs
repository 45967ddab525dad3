using System.Management.Automation;
using Truebit.Module.Tests.Hosting;
using Truebit.Module.Tests.Hubs;
using Truebit.TestHub;

namespace Truebit.Module.Tests.Errors;

public sealed class StatusErrorTests
{
    [Theory]
    [InlineData(404, "{\"message\":\"no such execution\"}", "ExecutionNotFound", "The hub does not know the execution 'x' (404): no such execution. It was asked for with -Kind Api.")]
    [InlineData(200, "{\"message\":\"Invalid execution id\"}", "ExecutionNotFound", "The hub does not know the execution 'x': Invalid execution id. It was asked for with -Kind Api.")]
    [InlineData(400, "{\"message\":\"not a UUID\"}", "InvalidRequest", "The hub refused to look for the execution 'x' (400): not a UUID.")]
    [InlineData(200, "<title>Sign in</title>", "InvalidResponse", "The answer for the execution 'x' is not one of a hub (200): Sign in. Check -Endpoint and the proxy.")]
    [InlineData(302, "", "InvalidResponse", "answered with a redirect (302) to another path.")]
    public void An_execution_that_cannot_be_had_is_an_error_and_the_others_go_on(int status, string body, string id, string message)
    {
        using HubServer hub = new(call => call.AskedFor == "x" ? CannedResponse.Json(body, status) : CannedResponse.Success(call.AskedFor, "{}"));
        using Engine engine = new Engine().Connect(hub.Endpoint);

        EngineRun run = engine.Run("'a', 'x', 'b' | Get-TruebitExecution");

        Assert.Equal(["a", "b"], run.Values<string>("ExecutionId").Order());
        Assert.Equal(id, run.OnlyError.Id);
        Assert.Contains(message, run.OnlyError.Message);
        Assert.Equal("x", run.Errors[0].TargetObject);
    }

    [Fact]
    public void A_refused_key_is_an_error_of_the_execution()
    {
        using HubServer hub = new(static _ => CannedResponse.Message("who are you", 401));
        using Engine engine = new Engine().Connect(hub.Endpoint);

        EngineRun run = engine.Run("'x' | Wait-TruebitExecution");

        Assert.Equal(("AuthenticationFailed", $"{hub.Endpoint.Authority} refused the API key for the execution 'x' (401): who are you."), run.OnlyError);
        Assert.Equal(ErrorCategory.AuthenticationError, run.Errors[0].CategoryInfo.Category);
    }

    [Fact]
    public void The_sandbox_does_not_know_every_id()
    {
        using Engine engine = new Engine().ConnectSandbox();

        EngineRun run = engine.Run("Get-TruebitExecution 00000000-0000-4000-8000-000000000000");

        Assert.Equal("ExecutionNotFound", run.OnlyError.Id);
        Assert.Equal(ErrorCategory.ObjectNotFound, run.Errors[0].CategoryInfo.Category);
    }

    [Fact]
    public void An_id_of_the_other_family_is_not_found()
    {
        using Engine engine = new Engine().ConnectSandbox();
        engine.Ok("$id = (Invoke-TruebitTask -Namespace sandbox -TaskName echo -Method GET -Path /a).ExecutionId");

        Assert.Equal("ExecutionNotFound", engine.Run("Get-TruebitExecution $id -Kind Function").OnlyError.Id);
    }

    [Fact]
    public void A_status_that_stays_unreadable_is_an_error_and_the_id_is_not_lost()
    {
        using TaskHub hub = new() { Status = static _ => CannedResponse.Text("text/html", "<title>Sign in</title>") };
        using Engine engine = new Engine().Connect(hub.Endpoint);

        EngineRun run = engine.Run(TaskHub.Rows(1, 1) + " | Invoke-TruebitTask");

        Assert.Equal(("InvalidResponse", $"Row 1: The answer for the execution '{TaskHub.Id(1)}' is not one of a hub (200): Sign in. Check -Endpoint and the proxy."), run.OnlyError);
        Assert.Contains(TaskHub.Id(1), Assert.Single(engine.Run("Get-TruebitExecution").Errors).TargetObject.ToString());
    }
}
