using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Truebit.Sandbox.Tests;

public sealed class LifetimeTests
{
    private const string EchoInput = """{"path":"/a","method":"GET"}""";

    [Fact]
    public void Each_sandbox_has_a_port_and_a_key_of_its_own()
    {
        using SandboxHub one = SandboxHub.Start(new SandboxOptions());
        using SandboxHub two = SandboxHub.Start(new SandboxOptions());

        Assert.Matches(@"^http://127\.0\.0\.1:[0-9]+/$", one.Endpoint.ToString());
        Assert.NotEqual(one.Endpoint, two.Endpoint);
        Assert.Matches("^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", one.ApiKey);
        Assert.NotEqual(one.ApiKey, two.ApiKey);
        Assert.DoesNotContain(one.ApiKey, one.ToString());
    }

    [Fact]
    public async Task Dispose_frees_the_port_for_the_next()
    {
        SandboxCaller first = new();
        await first.EchoAsync(EchoInput);
        int port = first.Hub.Endpoint.Port;
        Assert.True(first.Hub.IsRunning);

        first.Hub.Dispose();
        first.Hub.Dispose();

        Assert.False(first.Hub.IsRunning);
        await Assert.ThrowsAsync<HttpRequestException>(() => first.EchoAsync(EchoInput));
        using SandboxCaller second = new(new SandboxOptions { Port = port });
        Assert.Equal(port, second.Hub.Endpoint.Port);
        Assert.Equal(HttpStatusCode.OK, (await second.EchoAsync(EchoInput)).Status);
        Assert.Equal(1, first.Hub.Counts.Executions);
        first.Dispose();
    }

    [Fact(Timeout = 30_000)]
    public async Task Held_calls_take_no_threads_and_are_broken_off_by_Dispose()
    {
        using SandboxCaller caller = new(new SandboxOptions { Latency = TimeSpan.FromHours(1) });
        Task<Reply>[] held = [.. Enumerable.Range(0, 200).Select(_ => caller.EchoAsync(EchoInput))];
        while (caller.Hub.Counts.Executions < held.Length)
        {
            Assert.DoesNotContain(held, call => call.IsCompleted);
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }

        Assert.InRange(ThreadPool.ThreadCount, 0, 100);

        Stopwatch watch = Stopwatch.StartNew();
        caller.Hub.Dispose();

        foreach (Task<Reply> call in held)
        {
            await Assert.ThrowsAsync<HttpRequestException>(() => call);
        }
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(2), $"took {watch.Elapsed}");
    }

    [Fact(Timeout = 30_000)]
    public async Task A_call_that_is_broken_off_by_Dispose_is_no_answer()
    {
        using SandboxHub hub = SandboxHub.Start(new SandboxOptions { Latency = TimeSpan.FromHours(1) });
        Task<string> held = RawCall.PostAsync(hub, SandboxCaller.ApiPath, SandboxCaller.ApiBody("echo", EchoInput));
        while (hub.Counts.Executions == 0)
        {
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }

        hub.Dispose();

        Assert.Null(RawCall.StatusOf(await held));
    }

    [Fact]
    public void A_port_that_another_sandbox_has_is_an_error_that_names_it()
    {
        using SandboxHub first = SandboxHub.Start(new SandboxOptions());
        int port = first.Endpoint.Port;

        InvalidOperationException error =
            Assert.Throws<InvalidOperationException>(() => SandboxHub.Start(new SandboxOptions { Port = port }));

        Assert.StartsWith($"The sandbox cannot listen on port {port} of 127.0.0.1: ", error.Message);
    }

    [Fact]
    public void A_port_that_another_program_has_is_an_error_that_names_it()
    {
        using TcpListener other = new(IPAddress.Loopback, 0);
        other.Start();
        int port = ((IPEndPoint)other.LocalEndpoint).Port;

        InvalidOperationException error =
            Assert.Throws<InvalidOperationException>(() => SandboxHub.Start(new SandboxOptions { Port = port }));

        Assert.StartsWith($"The sandbox cannot listen on port {port} of 127.0.0.1: ", error.Message);
    }

    public static TheoryData<SandboxOptions, string> BadOptions => new()
    {
        { new SandboxOptions { Port = 65536 }, "Port" },
        { new SandboxOptions { Latency = TimeSpan.FromTicks(-1) }, "Latency" },
        { new SandboxOptions { SyncWindow = TimeSpan.FromDays(2) }, "SyncWindow" },
        { new SandboxOptions { Balance = -1 }, "Balance" },
    };

    [Theory]
    [MemberData(nameof(BadOptions), DisableDiscoveryEnumeration = true)]
    public void An_option_out_of_range_is_named(SandboxOptions options, string name) =>
        Assert.Equal(name, Assert.Throws<ArgumentOutOfRangeException>(() => SandboxHub.Start(options)).ParamName);
}
