using System.Diagnostics;
using Truebit.Client.Tests.Support;
using Truebit.TestHub;

namespace Truebit.Client.Tests;

/// <summary>How a result is awaited: status calls are idempotent, so faults that pass are retried (design.md 4, 6).</summary>
public sealed class PollingTests : IAsyncDisposable
{
    private readonly Hub _hub = new Hub().OnExecute(CannedResponse.Accepted());

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Theory]
    [InlineData(SubmitMode.Wait)]
    [InlineData(SubmitMode.Sync)]
    public async Task A_running_execution_is_asked_for_until_it_is_finished(SubmitMode mode)
    {
        _hub.OnStatus(CannedResponse.Running(), CannedResponse.Running(), CannedResponse.Success(output: "{\"id\":1}"));

        HubExecution execution = await _hub.RunAsync(mode);

        Assert.Equal(ExecutionStatus.Success, execution.Status);
        Assert.Equal("{\"id\":1}", execution.OutputJson);
        Assert.Equal(3, _hub.Polls);
        Assert.Equal(1, _hub.Posts);
        Assert.Equal(ExecutionStatus.Running, Assert.Single(_hub.Told.Executions).Status);
    }

    [Fact]
    public async Task The_id_is_told_before_the_first_status_call()
    {
        TaskCompletionSource held = new();
        _hub.OnStatus(CannedResponse.Success() with { Until = held.Task });

        Task<HubExecution> run = _hub.RunAsync();
        await _hub.Server.ReceivedAsync(Hub.StatusPath, 1);

        Assert.Equal(Hub.Id, Assert.Single(_hub.Told.Executions).Id);
        held.SetResult();
        Assert.Equal(ExecutionStatus.Success, (await run).Status);
    }

    [Fact]
    public async Task A_submission_in_async_mode_is_not_polled()
    {
        HubExecution execution = await _hub.RunAsync(SubmitMode.Async);

        Assert.Equal(Hub.Id, execution.Id);
        Assert.False(execution.IsFinished);
        Assert.Single(_hub.Server.Requests);
    }

    [Fact]
    public async Task An_answer_that_is_final_already_is_not_polled()
    {
        _hub.OnExecute(CannedResponse.Success());

        Assert.Equal(ExecutionStatus.Success, (await _hub.RunAsync(SubmitMode.Sync)).Status);
        Assert.Single(_hub.Server.Requests);
        Assert.Single(_hub.Told.Executions);
    }

    [Theory]
    [InlineData("Error")]
    [InlineData("Indeterminate")]
    public async Task An_execution_that_failed_at_the_hub_is_a_result(string status)
    {
        _hub.OnStatus(CannedResponse.Json($$"""{"executionId":"{{Hub.Id}}","status":"{{status}}"}"""));

        Assert.Equal(status, (await _hub.RunAsync()).Status.ToString());
    }

    [Fact]
    public async Task An_unknown_status_word_is_waited_out()
    {
        _hub.OnStatus(CannedResponse.Json("""{"status":"Adjudicating"}"""), CannedResponse.Success());

        Assert.Equal(ExecutionStatus.Success, (await _hub.RunAsync()).Status);
        Assert.Equal(2, _hub.Polls);
    }

    [Theory]
    [InlineData(408)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task A_status_call_is_repeated_after_a_passing_fault(int status)
    {
        // More often than unreadable answers are forgiven: these say themselves that they pass.
        CannedResponse[] faults = [.. Enumerable.Repeat(CannedResponse.Text("text/html", "<html></html>", status), Hub.Short.UnreadableAnswers + 2)];
        _hub.OnStatus([.. faults, CannedResponse.Success()]);

        Assert.Equal(ExecutionStatus.Success, (await _hub.RunAsync()).Status);
        Assert.Equal(faults.Length + 1, _hub.Polls);
        Assert.Equal(1, _hub.Posts);
    }

    [Theory]
    [InlineData("reset")]
    [InlineData("close")]
    [InlineData("cut off")]
    public async Task A_status_call_is_repeated_after_a_broken_connection(string fault)
    {
        CannedResponse broken = fault switch
        {
            "reset" => CannedResponse.Reset,
            "close" => CannedResponse.Close,
            _ => CannedResponse.Success() with { MissingBytes = 5 },
        };
        _hub.OnStatus(broken, broken, broken, CannedResponse.Success());

        Assert.Equal(ExecutionStatus.Success, (await _hub.RunAsync()).Status);
        Assert.Equal(4, _hub.Polls);
        Assert.Equal(1, _hub.Posts);
    }

    [Fact]
    public async Task A_status_call_without_an_answer_is_asked_again()
    {
        await using Hub hub = new(Hub.Short with { StatusTimeout = TimeSpan.FromMilliseconds(300) });
        hub.OnStatus(CannedResponse.Success() with { Until = new TaskCompletionSource().Task }, CannedResponse.Success());

        Assert.Equal(ExecutionStatus.Success, (await hub.GetAsync(untilFinished: true)).Status);
        Assert.Equal(2, hub.Polls);
    }

    [Fact]
    public async Task An_execution_that_is_not_known_yet_is_waited_for()
    {
        _hub.OnStatus(CannedResponse.Empty(404), CannedResponse.Json("""{"message":"Invalid execution id"}"""), CannedResponse.Empty(404), CannedResponse.Success());

        Assert.Equal(ExecutionStatus.Success, (await _hub.RunAsync()).Status);
        Assert.Equal(4, _hub.Polls);
    }

    [Fact]
    public async Task An_execution_that_stays_unknown_is_reported_after_the_grace_time()
    {
        TimeSpan grace = TimeSpan.FromMilliseconds(150);
        await using Hub hub = new Hub(Hub.Short with { NotFoundGrace = grace }).OnExecute(CannedResponse.Accepted()).OnStatus(CannedResponse.Empty(404));
        long start = Stopwatch.GetTimestamp();

        HubException e = await hub.FailAsync();

        Assert.Equal(HubErrorCode.ExecutionNotFound, e.Code);
        Assert.Equal(Hub.Id, e.ExecutionId);
        Assert.True(Stopwatch.GetElapsedTime(start) >= grace);
        Assert.True(hub.Polls > 1);
        Assert.Equal(1, hub.Posts);
    }

    [Fact]
    public async Task The_grace_time_is_for_new_executions_only()
    {
        _hub.OnStatus(CannedResponse.Empty(404), CannedResponse.Success());

        HubException e = await Assert.ThrowsAsync<HubException>(() => _hub.GetAsync(untilFinished: true));

        Assert.Equal(HubErrorCode.ExecutionNotFound, e.Code);
        Assert.Equal(1, _hub.Polls);
    }

    [Fact]
    public async Task A_single_question_takes_a_running_execution_for_an_answer()
    {
        _hub.OnStatus(CannedResponse.Running());

        Assert.Equal(ExecutionStatus.Running, (await _hub.GetAsync()).Status);
        Assert.Equal(1, _hub.Polls);
    }

    [Fact]
    public async Task The_next_execution_of_a_task_is_asked_for_when_the_one_before_was_finished()
    {
        HubTimings timings = Hub.Short with { FirstPoll = TimeSpan.FromMilliseconds(20), MaxPollInterval = TimeSpan.FromSeconds(5) };
        await using Hub hub = new Hub(timings).OnExecute(CannedResponse.Accepted());
        hub.OnStatus(CannedResponse.Running(), CannedResponse.Running(), CannedResponse.Running(), CannedResponse.Success());

        await hub.RunAsync();
        await hub.RunAsync();

        // One poll, and not after 20 ms as if nothing were known: a good part of the time for which the first was seen running.
        TimeSpan[] waits = Waits(hub);
        TimeSpan seenRunning = waits[0] + waits[1] + waits[2];
        Assert.Equal(5, hub.Polls);
        Assert.True(waits[^1] >= seenRunning / 2, $"{waits[^1]} after {seenRunning}");
    }

    [Fact]
    public async Task A_slow_execution_does_not_hold_up_the_fast_ones_after_it()
    {
        TimeSpan slow = TimeSpan.FromSeconds(1);
        await using Hub hub = new Hub(Hub.Short).OnExecute(CannedResponse.Accepted());
        hub.OnStatus(CannedResponse.Success() with { Until = Task.Delay(slow, TestContext.Current.CancellationToken) }, CannedResponse.Success());
        await hub.RunAsync();

        await hub.RunAsync();

        // The longest wait between polls is 5 ms here.
        Assert.True(Waits(hub)[^1] < slow / 2, $"{Waits(hub)[^1]}");
    }

    /// <summary>The time from each arrival to the next; the first status call is counted from the submission.</summary>
    private static TimeSpan[] Waits(Hub hub)
    {
        long[] at = [.. hub.Server.Requests.Select(request => request.At)];
        return [.. at.Zip(at.Skip(1), Stopwatch.GetElapsedTime)];
    }
}
