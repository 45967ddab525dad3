using Truebit.Module.Tests.Hosting;
using Truebit.Module.Tests.Hubs;

namespace Truebit.Module.Tests.Waiting;

/// <summary>Executions that come from a job, another machine or a file keep what is known of their rows.</summary>
public sealed class DeserializedTests
{
    /// <summary>As Start-Job and Invoke-Command do, with the depth that they use.</summary>
    private const string FromJob = "ForEach-Object { [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($_, 1)) }";

    [Theory]
    [InlineData("Get-TruebitExecution")]
    [InlineData("Wait-TruebitExecution")]
    public void They_keep_row_key_task_and_input_object(string command)
    {
        using TaskHub hub = new();
        using Engine engine = new Engine().Connect(hub.Endpoint);

        EngineRun run = engine.Ok(
            "$row = [pscustomobject]@{ Namespace = 'n'; TaskName = 't'; Method = 'GET'; Path = '/7'; Order = 'A-7' }; "
            + $"$e = $row | Invoke-TruebitTask -Shard 1/1 -Key Order | {FromJob}; Disconnect-Truebit; [GC]::Collect(); $e | {command} -Endpoint {hub.Endpoint}");

        Assert.Equal(1, run.Value<int>("Row"));
        Assert.Equal("A-7", run.Value<string>("Key"));
        Assert.Equal("n", run.Value<string>("Namespace"));
        Assert.Equal("t", run.Value<string>("TaskName"));
        Assert.Equal("Success", run.Value<string>("Status"));
        Assert.NotNull(run.Value<object>("Duration"));
        engine["result"] = run.Output[0];
        Assert.Equal("A-7", engine.Ok("$result.InputObject.Order").Output.Single().ToString());
    }

    [Fact]
    public void Another_runspace_knows_them_too()
    {
        using TaskHub hub = new();
        using Engine engine = new Engine().Connect(hub.Endpoint);
        using Engine other = new Engine().Connect(hub.Endpoint);
        other["text"] = engine.Ok($"[System.Management.Automation.PSSerializer]::Serialize(({TaskHub.Rows(7, 7)} | Invoke-TruebitTask -Async))").Output.Single().ToString();

        EngineRun run = other.Ok("[System.Management.Automation.PSSerializer]::Deserialize($text) | Wait-TruebitExecution");

        Assert.Equal(1, run.Value<int>("Row"));
        Assert.Equal("t", run.Value<string>("TaskName"));
        Assert.Equal("Success", run.Value<string>("Status"));
    }

    [Fact]
    public void A_line_of_a_results_file_keeps_its_row()
    {
        using TaskHub hub = new();
        using Engine engine = new Engine().Connect(hub.Endpoint);

        EngineRun run = engine.Ok(
            TaskHub.Rows(7, 8) + " | Invoke-TruebitTask -AsRow | Sort-Object Row | ConvertTo-Csv | ConvertFrom-Csv | Select-Object -Last 1 | Get-TruebitExecution");

        Assert.Equal(2, run.Value<int>("Row"));
    }

    [Theory]
    [InlineData("Get-TruebitInvoice")]
    [InlineData("Get-TruebitTranscript")]
    public void Documents_have_the_row_and_the_key_of_their_execution(string command)
    {
        using Engine engine = new Engine().ConnectSandbox();

        EngineRun run = engine.Ok(
            $"[pscustomobject]@{{ Order = 'A-7'; Path = '/x' }} | Invoke-TruebitTask sandbox echo -Method GET -Shard 1/1 -Key Order | {command} -Wait");

        Assert.Equal(1, run.Value<int>("Row"));
        Assert.Equal("A-7", run.Value<string>("Key"));
    }

    [Fact]
    public void The_table_shows_the_output_of_what_came_from_a_job()
    {
        using TaskHub hub = new();
        using Engine engine = new Engine().Connect(hub.Endpoint);

        string[] shown = engine.Show($"{TaskHub.Rows(7, 7)} | Invoke-TruebitTask | {FromJob} | Out-Host");

        Assert.Contains(shown, static line => line.Contains("{\"number\":7}", StringComparison.Ordinal));
    }
}
