using System.Diagnostics;
using System.Net;

namespace Truebit.Sandbox.Tests;

public sealed class WaitingTests
{
    private const string EchoInput = """{"path":"/a","method":"GET"}""";

    private static readonly TimeSpan Forever = TimeSpan.FromHours(1);

    [Fact]
    public async Task A_sync_call_answers_the_result()
    {
        using SandboxCaller caller = new();

        Reply reply = await caller.EchoAsync(EchoInput);

        Assert.Equal(HttpStatusCode.OK, reply.Status);
        Assert.Equal("executionId clearTextSolution status totalTransferredBytes", reply.Members);
        Assert.Equal("succeed", reply.At("clearTextSolution", "status"));
        Assert.Matches("^0x[0-9a-fA-F]{40}$", reply.At("clearTextSolution", "senderAddress"));
        Assert.Equal($"{EchoInput.Length}", reply.At("totalTransferredBytes", "request"));
        Assert.Equal($"{reply.OutputText.Length}", reply.At("totalTransferredBytes", "response"));
    }

    [Fact]
    public async Task An_async_call_answers_the_id_and_the_status_the_same_result_each_time()
    {
        using SandboxCaller caller = new();

        Reply accepted = await caller.FunctionAsync("\"20\"", isAsync: true);
        Reply first = await caller.FunctionStatusAsync(accepted.Id);
        Reply second = await caller.FunctionStatusAsync(accepted.Id);

        Assert.Equal((HttpStatusCode.OK, "executionId"), (accepted.Status, accepted.Members));
        Assert.True(Guid.TryParseExact(accepted.Id, "D", out _));
        Assert.Equal("executionId clearTextSolution signature verificationStatus", first.Members);
        Assert.Equal(first.Text, second.Text);
    }

    [Fact]
    public async Task A_function_result_has_its_own_names_and_the_shape_of_a_signature()
    {
        using SandboxCaller caller = new();

        Reply reply = await caller.FunctionAsync("\"{\\\"n\\\": 1.10}\"");

        Assert.Equal("{\"n\": 1.10}", reply.At("clearTextSolution", "output"));
        Assert.Equal("succeed", reply.At("clearTextSolution", "executionStatus"));
        Assert.Equal("Success", reply.At("verificationStatus"));
        Assert.Contains(reply.At("signature", "v"), new[] { "27", "28" });
        Assert.Matches("^[0-9a-f]{64}$", reply.At("signature", "r"));
        Assert.Matches("^[0-9a-f]{64}$", reply.At("signature", "s"));
    }

    [Fact]
    public async Task A_running_execution_says_so()
    {
        using SandboxCaller caller = new(new SandboxOptions { Latency = Forever });

        Reply api = await caller.EchoAsync(EchoInput, isAsync: true);
        Reply function = await caller.FunctionAsync("\"20\"", isAsync: true);

        Assert.Equal($$"""{"executionId":"{{api.Id}}","status":"Running"}""", (await caller.ApiStatusAsync(api.Id)).Text);
        Assert.Equal(
            $$"""{"executionId":"{{function.Id}}","verificationStatus":"Running"}""",
            (await caller.FunctionStatusAsync(function.Id)).Text);
    }

    [Fact]
    public async Task An_execution_is_finished_when_its_latency_has_passed()
    {
        TimeSpan latency = TimeSpan.FromMilliseconds(300);
        using SandboxCaller caller = new(new SandboxOptions { Latency = latency });

        Reply earlier = await caller.EchoAsync(EchoInput, isAsync: true);
        Stopwatch watch = Stopwatch.StartNew();
        Reply held = await caller.EchoAsync(EchoInput);
        TimeSpan elapsed = watch.Elapsed;

        Assert.Equal("Success", held.At("status"));
        Assert.True(elapsed >= latency, $"held for {elapsed}");
        Assert.Equal("Success", (await caller.ApiStatusAsync(held.Id)).At("status"));
        Assert.Equal("Success", (await caller.ApiStatusAsync(earlier.Id)).At("status"));
    }

    [Fact]
    public async Task A_sync_call_falls_back_to_the_id_when_the_window_is_over()
    {
        TimeSpan window = TimeSpan.FromMilliseconds(100);
        using SandboxCaller caller = new(new SandboxOptions { Latency = Forever, SyncWindow = window });

        Stopwatch watch = Stopwatch.StartNew();
        Reply reply = await caller.EchoAsync(EchoInput);
        TimeSpan elapsed = watch.Elapsed;

        Assert.Equal((HttpStatusCode.OK, "executionId"), (reply.Status, reply.Members));
        Assert.True(elapsed >= window, $"held for {elapsed}");
        Assert.Equal("Running", (await caller.ApiStatusAsync(reply.Id)).At("status"));
    }

    [Fact]
    public async Task Two_hundred_sync_calls_are_held_at_once()
    {
        TimeSpan latency = TimeSpan.FromMilliseconds(500);
        using SandboxCaller caller = new(new SandboxOptions { Latency = latency });

        Stopwatch watch = Stopwatch.StartNew();
        Reply[] replies = await Task.WhenAll(
            Enumerable.Range(0, 200).Select(n => caller.EchoAsync($$"""{"path":"/{{n}}","method":"GET"}""")));
        TimeSpan elapsed = watch.Elapsed;

        Assert.All(replies, (reply, n) => Assert.Equal($"/{n}", reply.At("clearTextSolution", "output", "path")));
        Assert.Equal(200, replies.Select(reply => reply.Id).Distinct().Count());
        // One after the other they would take 100 s.
        Assert.True(elapsed < TimeSpan.FromSeconds(20), $"took {elapsed}");
    }
}
