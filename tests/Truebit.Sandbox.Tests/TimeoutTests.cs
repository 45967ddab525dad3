using System.Net;

namespace Truebit.Sandbox.Tests;

/// <summary>executionTimeout, where it has an effect, and bodies that are too long.</summary>
public sealed class TimeoutTests
{
    private static readonly TimeSpan Forever = TimeSpan.FromHours(1);

    [Theory]
    [InlineData(SandboxTimeoutUnit.Milliseconds, 1, true)]
    [InlineData(SandboxTimeoutUnit.Milliseconds, 3_600_000, false)]
    [InlineData(SandboxTimeoutUnit.Seconds, 0, true)]
    [InlineData(SandboxTimeoutUnit.Seconds, 3_600, false)]
    [InlineData(null, 0, false)]
    public async Task An_API_task_that_takes_longer_ends_as_an_error_and_is_charged(SandboxTimeoutUnit? unit, int timeout, bool isOver)
    {
        using SandboxCaller caller = new(new SandboxOptions { Latency = Forever, SyncWindow = TimeSpan.FromMilliseconds(50), TimeoutUnit = unit });
        string body = SandboxCaller.ApiBody("echo", """{"path":"/p","method":"GET"}""").Replace("10000", $"{timeout}");

        Reply reply = await caller.PostAsync(SandboxCaller.ApiPath, body);

        if (isOver)
        {
            Assert.Equal("Error", reply.At("status"));
            Assert.Equal("failed", reply.At("clearTextSolution", "status"));
        }
        else
        {
            Assert.Equal("executionId", reply.Members);
        }

        Assert.Single(caller.Hub.Ledger);
    }

    [Theory]
    [InlineData(",\"executionTimeout\":1", "Indeterminate")]
    [InlineData("", null)]
    public async Task A_function_task_that_takes_longer_is_indeterminate(string timeout, string? status)
    {
        using SandboxCaller caller = new(new SandboxOptions { Latency = Forever, SyncWindow = TimeSpan.FromMilliseconds(50), TimeoutUnit = SandboxTimeoutUnit.Milliseconds });
        string body = SandboxCaller.FunctionBody("\"20\"");

        Reply reply = await caller.PostAsync(SandboxCaller.FunctionPath, $"{body[..^1]}{timeout}}}");

        Assert.Equal(status is null ? "executionId" : status, status is null ? reply.Members : reply.At("verificationStatus"));
        Assert.Single(caller.Hub.Ledger);
    }

    [Fact]
    public async Task A_body_of_more_than_32_MB_is_refused_before_the_key_is_looked_at()
    {
        using SandboxCaller caller = new();

        Reply reply = await caller.PostAsync(SandboxCaller.ApiPath, SandboxCaller.ApiBody("echo", $$"""{"path":"/p","method":"POST","body":"{{new string('x', 32 << 20)}}"}"""), "wrong key");

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, reply.Status);
        Assert.Empty(caller.Hub.Ledger);
        Assert.Equal("Success", (await caller.EchoAsync("""{"path":"/p","method":"GET"}""")).At("status"));
    }
}
