using Truebit.Module.Tests.Hosting;
using Truebit.Module.Tests.Hubs;
using Truebit.TestHub;

namespace Truebit.Module.Tests.Pump;

public sealed class ErrorActionTests : IDisposable
{
    /// <summary>Row 2 is refused.</summary>
    private readonly TaskHub _hub = new() { Answer = static number => number == 2 ? CannedResponse.Message("no such pet", 400) : null };
    private readonly Engine _engine = new();

    public ErrorActionTests()
    {
        _engine.Connect(_hub.Endpoint);
        _engine.Ok("$Error.Clear()");
    }

    public void Dispose()
    {
        _engine.Dispose();
        _hub.Dispose();
    }

    [Fact]
    public void Continue_shows_the_error_and_goes_on()
    {
        EngineRun run = Run("Continue");

        Assert.Equal(2, run.Output.Count);
        Assert.Equal(("InvalidRequest", "Row 2: The hub refused the request (400): no such pet."), run.OnlyError);
        Assert.Equal("InvalidRequest,Truebit.Commands.InvokeTruebitTaskCommand", run.Errors[0].FullyQualifiedErrorId);
        Assert.Single(_engine.RememberedErrors);
    }

    [Fact]
    public void SilentlyContinue_goes_on_and_remembers_the_error()
    {
        EngineRun run = Run("SilentlyContinue");

        Assert.Equal(2, run.Output.Count);
        Assert.Empty(run.Errors);
        Assert.Single(_engine.RememberedErrors);
    }

    [Fact]
    public void Ignore_goes_on_and_forgets_the_error()
    {
        EngineRun run = Run("Ignore");

        Assert.Equal(2, run.Output.Count);
        Assert.Empty(run.Errors);
        Assert.Empty(_engine.RememberedErrors);
    }

    [Fact]
    public void Stop_ends_the_command_at_the_first_error_and_later_rows_are_not_sent()
    {
        EngineRun run = Run("Stop");

        Assert.Single(run.Output);
        Assert.Equal("InvalidRequest", run.End.Id);
        Assert.Equal(2, _hub.Server.Submissions.Count);
    }

    [Fact]
    public void Stop_ends_within_a_second_while_others_run_and_their_ids_are_known() => Promptly.WithinASecond(() =>
    {
        using TaskHub hub = new() { IsFinished = static _ => false, Answer = static number => number == 2 ? CannedResponse.Message("no", 400) : null };
        using Engine engine = new Engine().Connect(hub.Endpoint);
        System.Diagnostics.Stopwatch watch = System.Diagnostics.Stopwatch.StartNew();

        EngineRun run = engine.Run(TaskHub.Rows(1, 2) + " | Invoke-TruebitTask -ErrorAction Stop");
        TimeSpan taken = watch.Elapsed;

        Assert.Equal("InvalidRequest", run.End.Id);
        Assert.Equal([1], engine.Ok("Get-TruebitExecution").Values<string>("ExecutionId").Select(TaskHub.Number));
        return taken;
    });

    [Fact]
    public void An_error_variable_gets_the_errors_with_their_rows()
    {
        _engine.Run(TaskHub.Rows(1, 3) + " | Invoke-TruebitTask -ErrorAction SilentlyContinue -ErrorVariable problems");

        Assert.Equal("/2", _engine.Ok("$problems.TargetObject.Path").Output.Single().BaseObject);
    }

    private EngineRun Run(string action) => _engine.Run(TaskHub.Rows(1, 3) + $" | Invoke-TruebitTask -ThrottleLimit 1 -ErrorAction {action}");
}
