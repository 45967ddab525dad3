using System.Net;
using System.Net.Sockets;
using Truebit.Module.Tests.Hosting;
using Truebit.Module.Tests.Hubs;

namespace Truebit.Module.Tests.Sandboxes;

public sealed class SandboxCmdletTests : IDisposable
{
    private readonly Engine _engine = new();

    public void Dispose() => _engine.Dispose();

    [Fact]
    public void A_sandbox_is_a_hub_on_loopback_with_a_key_of_its_own()
    {
        EngineRun run = _engine.Ok("$one = Start-TruebitSandbox; $other = Start-TruebitSandbox; $one; $other");

        Assert.Equal("Truebit.TruebitSandbox", run.Output[0].TypeNames[0]);
        Assert.All(run.Values<Uri>("Endpoint"), static endpoint => Assert.Equal(("http", "127.0.0.1"), (endpoint.Scheme, endpoint.Host)));
        Assert.Equal(2, run.Values<Uri>("Endpoint").Distinct().Count());
        Assert.Equal("AuthenticationFailed", _engine.Run("$one | Connect-Truebit; Connect-Truebit -Endpoint $other.Endpoint -ApiKey $one.ApiKey; Invoke-TruebitTask -Namespace sandbox -TaskName echo -Method GET -Path /").End.Id);
    }

    [Fact]
    public void The_counts_tell_what_a_script_would_cost()
    {
        _engine.ConnectSandbox();
        _engine["csv"] = Path.Combine(Repository.Samples, "orders.csv");

        _engine.Run("Import-Csv $csv | Invoke-TruebitTask; Get-TruebitExecution 00000000-0000-4000-8000-000000000000");

        EngineRun run = _engine.Ok("Get-TruebitSandbox");
        Assert.Equal(14, run.Value<long>("Submissions"));
        Assert.Equal(13, run.Value<long>("Executions"));
        Assert.Equal(13, run.Value<long>("Charges"));
        Assert.Equal(1, run.Value<long>("Rejections"));
        Assert.True(run.Value<long>("StatusQueries") > 0);
        Assert.True(run.Value<bool>("IsRunning"));
    }

    [Fact]
    public void A_sandbox_counts_on_while_it_is_held_in_a_variable()
    {
        _engine.ConnectSandbox();

        _engine.Ok("Invoke-TruebitTask -Namespace sandbox -TaskName echo -Method GET -Path /a");

        Assert.Equal(1L, _engine.Ok("$sandbox.Charges").Output.Single().BaseObject);
    }

    [Fact]
    public void A_port_can_be_chosen()
    {
        int port = _engine.Ok("$first = Start-TruebitSandbox; $first | Stop-TruebitSandbox; $first.Endpoint.Port").Output.Select(static item => (int)item.BaseObject).Single();

        Assert.Equal(port, _engine.Ok($"Start-TruebitSandbox -Port {port}").Value<Uri>("Endpoint").Port);
    }

    [Fact]
    public void A_port_that_is_in_use_is_an_error()
    {
        using TcpListener other = new(IPAddress.Loopback, 0);
        other.Start();
        int port = ((IPEndPoint)other.LocalEndpoint).Port;

        (string id, string message) = _engine.Run($"Start-TruebitSandbox -Port {port}").End;

        Assert.Equal("SandboxNotStarted", id);
        Assert.StartsWith($"The sandbox cannot listen on port {port} of 127.0.0.1: ", message);
        Assert.Empty(_engine.Ok("Get-TruebitSandbox").Output);
    }

    [Theory]
    [InlineData("-Port -1")]
    [InlineData("-Port 65536")]
    [InlineData("-Balance -1")]
    [InlineData("-Latency -1")]
    [InlineData("-Latency ([timespan]'-1')")]
    [InlineData("-Latency ([timespan]'2')")]
    [InlineData("-SyncWindow ([timespan]'-1')")]
    public void An_option_out_of_its_range_starts_nothing(string option)
    {
        Assert.NotNull(_engine.Run($"Start-TruebitSandbox {option}").Ended);
        Assert.Empty(_engine.Ok("Get-TruebitSandbox").Output);
    }

    [Fact]
    public void A_latency_is_how_long_an_execution_takes()
    {
        _engine.ConnectSandbox("-Latency 0.4");

        Assert.InRange(
            _engine.Ok("Invoke-TruebitTask -Namespace sandbox -TaskName echo -Method GET -Path /a").Value<TimeSpan>("Duration"),
            TimeSpan.FromSeconds(0.4),
            TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void Stopping_frees_the_port_of_the_one_that_was_meant()
    {
        Uri[] endpoints = _engine.Ok("$one = Start-TruebitSandbox; $other = Start-TruebitSandbox; $one; $other").Values<Uri>("Endpoint");

        Assert.Empty(_engine.Ok("$one | Stop-TruebitSandbox").Output);

        Assert.True(Ports.IsFree(endpoints[0]));
        Assert.False(Ports.IsFree(endpoints[1]));
        Assert.Equal(endpoints[1], _engine.Ok("Get-TruebitSandbox").Value<Uri>("Endpoint"));
        Assert.False((bool)_engine.Ok("$one.IsRunning").Output.Single().BaseObject);
    }

    [Theory]
    [InlineData("Stop-TruebitSandbox")]
    [InlineData("Get-TruebitSandbox | Stop-TruebitSandbox")]
    [InlineData("Stop-TruebitSandbox; Stop-TruebitSandbox")]
    [InlineData("$both | Stop-TruebitSandbox; $both | Stop-TruebitSandbox")]
    public void Stopping_all_frees_all_ports(string script)
    {
        Uri[] endpoints = _engine.Ok("$both = (Start-TruebitSandbox), (Start-TruebitSandbox); $both").Values<Uri>("Endpoint");

        _engine.Ok(script);

        Assert.All(endpoints, static endpoint => Assert.True(Ports.IsFree(endpoint)));
        Assert.Empty(_engine.Ok("Get-TruebitSandbox").Output);
    }

    [Fact]
    public void An_empty_pipeline_stops_nothing()
    {
        _engine.Ok("$null = Start-TruebitSandbox; @() | Stop-TruebitSandbox");

        Assert.Single(_engine.Ok("Get-TruebitSandbox").Output);
    }

    [Fact]
    public void A_stopped_sandbox_is_a_hub_that_is_not_there()
    {
        _engine.ConnectSandbox().Ok("$id = (Invoke-TruebitTask -Namespace sandbox -TaskName echo -Method GET -Path /a).ExecutionId; Stop-TruebitSandbox");

        Assert.Equal("WaitTimeout", _engine.Run("Get-TruebitExecution $id -Timeout 0.5").OnlyError.Id);
    }

    [Fact]
    public void The_sandboxes_are_shown_in_a_table_without_their_keys()
    {
        _engine.ConnectSandbox();

        string[] lines = _engine.Show("Get-TruebitSandbox");

        Assert.Equal(3, lines.Length);
        Assert.StartsWith("Endpoint", lines[0]);
        Assert.All(lines, static line => Assert.InRange(line.Length, 1, TestRawUI.Columns));
    }

    [Fact]
    public void Orders_are_kept_from_task_to_task()
    {
        _engine.ConnectSandbox();

        EngineRun run = _engine.Ok(
            """
            $task = @{ Namespace = 'sandbox'; TaskName = 'petstore' }
            $one = @{ Method = 'GET'; Path = '/store/order/{orderId}'; Params = @{ orderId = 7 } }
            Invoke-TruebitTask @task -Method POST -Path /store/order -Body @{ id = 7; status = 'placed' }
            Invoke-TruebitTask @task @one
            $one.Method = 'DELETE'
            Invoke-TruebitTask @task @one
            Invoke-TruebitTask @task @one
            """);

        Assert.Equal(["Success", "Success", "Success", "Error"], run.Values<string>("Status"));
    }
}
