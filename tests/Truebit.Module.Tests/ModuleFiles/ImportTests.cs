using Truebit.Module.Tests.Hosting;
using Truebit.Module.Tests.Hubs;

namespace Truebit.Module.Tests.ModuleFiles;

public sealed class ImportTests
{
    private const string Commands = "(Get-Module Truebit).ExportedCommands.Count";
    private const string Works = "$box = Start-TruebitSandbox; $box | Connect-Truebit; (Invoke-TruebitTask -Namespace sandbox -TaskName echo -Method GET -Path /a).Output.path";

    [Theory]
    [InlineData(Engine.Import)]
    [InlineData("Import-Module $manifest -Force")]
    [InlineData("Remove-Module Truebit; " + Engine.Import)]
    [InlineData("Import-Module $manifest -Force; Remove-Module Truebit; " + Engine.Import + "; Import-Module $manifest -Force")]
    public void The_module_works_after_it_was_imported_again(string again)
    {
        using Engine engine = new();
        engine.Ok(Works);
        object before = engine.Ok(Commands).Output.Single().BaseObject;

        engine.Ok(again);

        Assert.Equal("/a", engine.Ok(Works).Output.Single().BaseObject);
        Assert.Equal(before, engine.Ok(Commands).Output.Single().BaseObject);
    }

    [Fact]
    public void A_removed_module_leaves_no_command_behind()
    {
        using Engine engine = new();

        engine.Ok("Remove-Module Truebit");

        Assert.Equal("CommandNotFoundException", engine.Run("Get-TruebitSession").End.Id);
    }

    [Fact]
    public void Runspaces_can_import_it_at_the_same_time()
    {
        const int count = 6;
        using Barrier start = new(count);
        string[] results = new string[count];

        Thread[] threads = [.. Enumerable.Range(0, count).Select(n => new Thread(() =>
        {
            using Engine engine = new(import: false);
            start.SignalAndWait();
            engine.Ok(Engine.Import);
            results[n] = (string)engine.Ok(Works).Output.Single().BaseObject;
        }))];
        Array.ForEach(threads, static thread => thread.Start());
        Array.ForEach(threads, static thread => thread.Join());

        Assert.All(results, static result => Assert.Equal("/a", result));
    }

    [Theory]
    [InlineData("Remove-Module Truebit")]
    [InlineData("Import-Module $manifest -Force")]
    [InlineData("Import-Module $manifest -Force; Start-TruebitSandbox; Remove-Module Truebit")]
    public void Removing_the_module_stops_its_sandboxes_and_frees_their_ports(string removal)
    {
        using Engine engine = new();
        Uri[] endpoints = engine.Ok("Start-TruebitSandbox; Start-TruebitSandbox").Values<Uri>("Endpoint");

        Uri[] later = engine.Ok(removal).Values<Uri>("Endpoint");

        Assert.Equal(2, endpoints.Length);
        Assert.All([.. endpoints, .. later], static endpoint => Assert.True(Ports.IsFree(endpoint)));
    }

    [Fact]
    public void Closing_the_runspace_stops_its_sandboxes_and_frees_their_ports()
    {
        using Engine staying = new();
        Uri other = staying.Ok("Start-TruebitSandbox").Value<Uri>("Endpoint");
        Uri endpoint;
        using (Engine engine = new())
        {
            endpoint = engine.Ok("Start-TruebitSandbox").Value<Uri>("Endpoint");
            Assert.False(Ports.IsFree(endpoint));
        }

        Assert.True(Ports.IsFree(endpoint));
        Assert.False(Ports.IsFree(other));
    }
}
