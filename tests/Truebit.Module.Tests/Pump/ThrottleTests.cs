using Truebit.Module.Tests.Hosting;
using Truebit.Module.Tests.Hubs;
using Truebit.TestHub;

namespace Truebit.Module.Tests.Pump;

public sealed class ThrottleTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(16)]
    public void As_many_as_the_limit_are_unfinished_and_never_more(int limit)
    {
        const int rows = 48;
        using TaskHub hub = new();

        // No execution ends before as many as allowed were submitted: fewer at once, and it would never end.
        hub.IsFinished = number => hub.Accepted >= Math.Min(rows, (number + limit - 1) / limit * limit);
        using Engine engine = new Engine().Connect(hub.Endpoint);

        EngineRun run = engine.Ok(TaskHub.Rows(1, rows) + $" | Invoke-TruebitTask -ThrottleLimit {limit}");

        Assert.Equal(rows, run.Output.Count);
        Assert.Equal(limit, hub.MaxUnfinished);
    }

    [Fact]
    public void The_limit_is_16_unless_given()
    {
        using TaskHub hub = new();
        hub.IsFinished = _ => hub.Accepted >= 16;
        using Engine engine = new Engine().Connect(hub.Endpoint);

        engine.Ok(TaskHub.Rows(1, 40) + " | Invoke-TruebitTask");

        Assert.Equal(16, hub.MaxUnfinished);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void No_more_than_one_row_beyond_the_limit_is_pulled_before_the_first_result_leaves(int limit)
    {
        using TaskHub hub = new();
        hub.IsFinished = _ => hub.Accepted >= limit;
        using Engine engine = new Engine().Connect(hub.Endpoint);

        engine.Ok(
            $$"""
            $pulled = 0; $atFirst = 0
            {{TaskHub.Rows(1, 30)}} | ForEach-Object { $pulled++; $_ } | Invoke-TruebitTask -ThrottleLimit {{limit}} |
                ForEach-Object { if (-not $atFirst) { $atFirst = $pulled } }
            """);

        Assert.InRange((int)engine["atFirst"]!, limit, limit + 1);
        Assert.Equal(30, engine["pulled"]);
    }

    [Fact]
    public void Input_is_pulled_only_as_fast_as_results_leave()
    {
        const int limit = 3;
        using TaskHub hub = new();
        using Engine engine = new Engine().Connect(hub.Endpoint);

        engine.Ok(
            $$"""
            $pulled = 0; $left = 0; $ahead = @()
            {{TaskHub.Rows(1, 60)}} | ForEach-Object { $pulled++; $ahead += $pulled - $left; $_ } | Invoke-TruebitTask -ThrottleLimit {{limit}} |
                ForEach-Object { $left++ }
            """);

        Assert.InRange(((object[])engine["ahead"]!).Max(static ahead => (int)ahead), 1, limit + 1);
    }

    [Fact]
    public void Results_catch_up_with_input_that_comes_slowly()
    {
        const int limit = 6;
        using TaskHub hub = new();
        hub.IsFinished = _ => hub.Accepted >= limit;
        using Engine engine = new Engine().Connect(hub.Endpoint);

        // As many as allowed are out at once; then a row comes now and then, and no result may lag behind by all of them for ever.
        engine.Ok(
            $$"""
            $pulled = 0; $left = 0
            & {
                {{TaskHub.Rows(1, limit)}} | ForEach-Object { $script:pulled++; $_ }
                {{TaskHub.Rows(limit + 1, 200)}} | ForEach-Object {
                    if ($left -eq 0 -or $pulled - $left -gt 1) { [System.Threading.Thread]::Sleep(30); $script:pulled++; $_ }
                }
            } | Invoke-TruebitTask -ThrottleLimit {{limit}} | ForEach-Object { $left++ }
            """);

        Assert.InRange((int)engine["pulled"]!, limit + 1, 199);
    }

    [Fact]
    public void At_a_limit_of_one_tasks_run_strictly_one_after_the_other()
    {
        int polls = 0;
        using TaskHub hub = new() { IsFinished = _ => ++polls % 2 == 0 };
        using Engine engine = new Engine().Connect(hub.Endpoint);

        EngineRun run = engine.Ok(TaskHub.Rows(1, 6) + " | Invoke-TruebitTask -ThrottleLimit 1");

        Assert.Equal(Enumerable.Range(1, 6).SelectMany(static n => new[] { $"submitted {n}", $"finished {n}" }), hub.Events);
        Assert.Equal(Enumerable.Range(1, 6).Select(static number => TaskHub.Id(number)), run.Values<string>("ExecutionId"));
    }

    [Fact]
    public void A_row_that_fails_makes_room_for_the_next_one()
    {
        using TaskHub hub = new() { Answer = static number => number <= 10 ? CannedResponse.Message("no", 400) : null };
        using Engine engine = new Engine().Connect(hub.Endpoint);

        EngineRun run = engine.Run(TaskHub.Rows(1, 12) + " | Invoke-TruebitTask -ThrottleLimit 2");

        Assert.Equal(10, run.Errors.Count);
        Assert.Equal([11, 12], run.Values<string>("ExecutionId").Select(TaskHub.Number).Order());
    }
}
