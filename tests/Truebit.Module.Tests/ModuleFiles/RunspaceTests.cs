using Truebit.Module.Tests.Hosting;
using Truebit.Module.Tests.Hubs;

namespace Truebit.Module.Tests.ModuleFiles;

public sealed class RunspaceTests
{
    [Fact]
    public void Two_runspaces_at_once_never_mix_their_keys_and_hubs()
    {
        using TaskHub oneHub = new();
        using TaskHub otherHub = new();
        using Engine one = new Engine().Connect(oneHub.Endpoint, "the-key-of-one");
        using Engine other = new Engine().Connect(otherHub.Endpoint, "the-key-of-the-other");

        using RunningScript running = one.Start(TaskHub.Rows(1, 40) + " | Invoke-TruebitTask -ThrottleLimit 4");
        using RunningScript alongside = other.Start(TaskHub.Rows(101, 140) + " | Invoke-TruebitTask -ThrottleLimit 4");
        EngineRun[] runs = [running.Wait(), alongside.Wait()];

        Assert.All(runs, static run => Assert.Equal(40, run.Output.Count));
        Assert.All(oneHub.Server.Requests, static call => Assert.Equal("the-key-of-one", call.Key));
        Assert.All(otherHub.Server.Requests, static call => Assert.Equal("the-key-of-the-other", call.Key));
        Assert.Equal(40, oneHub.Accepted);
        Assert.Equal(40, otherHub.Accepted);
        Assert.All(one.Ok("Get-TruebitExecution").Values<string>("ExecutionId"), static id => Assert.InRange(TaskHub.Number(id), 1, 40));
    }

    [Fact]
    public void A_session_is_not_seen_from_another_runspace()
    {
        using TaskHub hub = new();
        using Engine one = new Engine().Connect(hub.Endpoint);
        using Engine other = new();

        Assert.Empty(other.Ok("Get-TruebitSession").Output);
        Assert.Equal(hub.Endpoint, one.Ok("Get-TruebitSession").Value<Uri>("Endpoint"));

        other.Ok("Disconnect-Truebit");
        Assert.Single(one.Ok("Get-TruebitSession").Output);
    }

    [Fact]
    public void A_sandbox_is_not_seen_from_another_runspace()
    {
        using Engine one = new Engine().ConnectSandbox();
        using Engine other = new();

        Assert.Empty(other.Ok("Get-TruebitSandbox").Output);
        other.Ok("Stop-TruebitSandbox");
        Assert.True(one.Ok("Get-TruebitSandbox").Value<bool>("IsRunning"));
    }

    [Fact]
    public void A_session_can_be_handed_to_a_command()
    {
        using TaskHub hub = new();
        using TaskHub given = new();
        using Engine engine = new Engine().Connect(given.Endpoint, "the-given-key");
        engine.Ok("$given = Get-TruebitSession");
        engine.Connect(hub.Endpoint);

        engine.Ok(TaskHub.Rows(1, 1) + " | Invoke-TruebitTask -Session $given");

        Assert.Equal("the-given-key", given.Server.Submissions.Single().Key);
        Assert.Empty(hub.Server.Requests);
    }
}
