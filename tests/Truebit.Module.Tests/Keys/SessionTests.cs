using Truebit.Module.Tests.Hosting;
using Truebit.Module.Tests.Hubs;

namespace Truebit.Module.Tests.Keys;

public sealed class SessionTests : IDisposable
{
    private readonly Engine _engine = new();

    public void Dispose() => _engine.Dispose();

    [Fact]
    public void Connecting_is_quiet_and_PassThru_writes_the_session()
    {
        Assert.Empty(_engine.Ok("Connect-Truebit -ApiKey k").Output);

        EngineRun run = _engine.Ok("Connect-Truebit -ApiKey k -PassThru");

        Assert.Equal("Truebit.TruebitSession", run.Output[0].TypeNames[0]);
        Assert.Equal("-ApiKey", run.Value<string>("KeySource"));
    }

    [Fact]
    public void The_public_hub_is_the_default() =>
        Assert.Equal(new Uri("https://run.truebit.network/"), _engine.Ok("Connect-Truebit -ApiKey k -PassThru").Value<Uri>("Endpoint"));

    [Fact]
    public void Connecting_asks_nothing_of_the_hub()
    {
        using TaskHub hub = new();

        _engine.Connect(hub.Endpoint);

        Assert.Empty(hub.Server.Requests);
    }

    [Fact]
    public void Disconnecting_forgets_the_session()
    {
        _engine.Ok("Connect-Truebit -ApiKey k; Disconnect-Truebit");

        Assert.Empty(_engine.Ok("Get-TruebitSession; Disconnect-Truebit").Output);
    }

    [Fact]
    public void The_last_connection_counts()
    {
        using TaskHub first = new();
        using TaskHub second = new();
        _engine.Connect(first.Endpoint, "one").Connect(second.Endpoint, "two");

        _engine.Ok(TaskHub.Rows(1, 1) + " | Invoke-TruebitTask");

        Assert.Empty(first.Server.Requests);
        Assert.All(second.Server.Requests, static call => Assert.Equal("two", call.Key));
    }

    [Fact]
    public void A_connection_that_fails_leaves_the_session_as_it_was()
    {
        _engine.Ok("Connect-Truebit -ApiKey k");

        Assert.Equal("InsecureEndpoint", _engine.Run("Connect-Truebit -ApiKey k -Endpoint http://hub.test/").End.Id);

        Assert.Equal(new Uri("https://run.truebit.network/"), _engine.Ok("Get-TruebitSession").Value<Uri>("Endpoint"));
    }

    [Fact]
    public void The_session_is_shown_in_a_table()
    {
        _engine.Ok("Connect-Truebit -ApiKey k");

        Assert.Equal(
            ["Endpoint KeySource", "-------- ---------", "https://run.truebit.network/ -ApiKey"],
            _engine.Show("Get-TruebitSession").Select(static line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries))));
    }

    [Fact]
    public void A_sandbox_connects_by_the_pipeline()
    {
        _engine.ConnectSandbox();

        Assert.True((bool)_engine.Ok("(Get-TruebitSession).Endpoint -eq $sandbox.Endpoint").Output.Single().BaseObject);
        _engine.Ok("Invoke-TruebitTask -Namespace sandbox -TaskName echo -Path /a -Method GET");
    }
}
