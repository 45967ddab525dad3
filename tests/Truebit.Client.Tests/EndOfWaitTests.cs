using System.Diagnostics;
using Truebit.Client.Tests.Support;
using Truebit.TestHub;

namespace Truebit.Client.Tests;

/// <summary>A wait ends by its time-out or by cancellation; the execution goes on at the hub and its id is known.</summary>
public sealed class EndOfWaitTests : IAsyncDisposable
{
    private static readonly Task Never = new TaskCompletionSource().Task;

    private readonly Hub _hub = new Hub().OnExecute(CannedResponse.Accepted());
    private readonly CancellationTokenSource _cancel = new();

    public async ValueTask DisposeAsync()
    {
        _cancel.Dispose();
        await _hub.DisposeAsync();
    }

    [Fact]
    public async Task An_execution_that_runs_too_long_ends_the_wait_with_its_id()
    {
        _hub.OnStatus(CannedResponse.Running());
        TimeSpan timeout = TimeSpan.FromMilliseconds(200);
        long start = Stopwatch.GetTimestamp();

        HubException e = await _hub.FailAsync(timeout: timeout);

        Assert.Equal(HubErrorCode.WaitTimeout, e.Code);
        Assert.Equal(Hub.Id, e.ExecutionId);
        Assert.Contains(Hub.Id, e.Message, StringComparison.Ordinal);
        Assert.Contains("0.2 s", e.Message, StringComparison.Ordinal);
        Assert.True(Stopwatch.GetElapsedTime(start) >= timeout);
        Assert.True(_hub.Polls > 1);
        Assert.Equal(1, _hub.Posts);
    }

    [Fact]
    public async Task The_end_of_a_wait_tells_the_last_fault()
    {
        _hub.OnStatus(CannedResponse.Json("""{"message":"database down"}""", 500));

        HubException e = await _hub.FailAsync(timeout: TimeSpan.FromMilliseconds(200));

        Assert.Equal(HubErrorCode.WaitTimeout, e.Code);
        Assert.Contains("database down", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wait_ends_in_time_while_a_status_call_has_no_answer()
    {
        _hub.OnStatus(CannedResponse.Success() with { Until = Never });

        HubException e = await _hub.FailAsync(timeout: TimeSpan.FromMilliseconds(200));

        Assert.Equal(HubErrorCode.WaitTimeout, e.Code);
    }

    [Fact]
    public async Task A_wait_ends_in_time_while_the_hub_asks_for_a_pause()
    {
        _hub.OnStatus(CannedResponse.Empty(429, "Retry-After: 600"));

        HubException e = await _hub.FailAsync(timeout: TimeSpan.FromMilliseconds(200));

        Assert.Equal(HubErrorCode.WaitTimeout, e.Code);
    }

    [Fact]
    public async Task A_row_that_is_halted_at_once_is_not_sent()
    {
        await _cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _hub.RunUntilAsync(_cancel.Token, CancellationToken.None));

        Assert.Equal(0, _hub.Server.Connections);
        Assert.Empty(_hub.Told.Executions);
    }

    [Fact]
    public async Task A_row_that_is_halted_between_tries_is_not_sent()
    {
        await using Hub hub = new Hub(open: false).OnExecute(CannedResponse.Success());
        hub.Log.OnVerbose = () =>
        {
            hub.Server.Open();
            _cancel.Cancel();
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => hub.RunUntilAsync(_cancel.Token, CancellationToken.None));

        Assert.Equal(0, hub.Server.Connections);
    }

    [Fact]
    public async Task A_request_on_the_wire_is_awaited_although_it_is_halted()
    {
        TaskCompletionSource held = new();
        _hub.OnExecute(CannedResponse.Accepted() with { Until = held.Task });
        _hub.OnStatus(CannedResponse.Success());
        Task<HubExecution> run = _hub.RunUntilAsync(_cancel.Token, CancellationToken.None);
        await _hub.Server.ReceivedAsync(Hub.ExecutePath, 1);

        await _cancel.CancelAsync();
        held.SetResult();

        Assert.Equal(ExecutionStatus.Success, (await run).Status);
        Assert.Equal(Hub.Id, Assert.Single(_hub.Told.Executions).Id);
    }

    [Fact]
    public async Task A_request_on_the_wire_learns_its_id_although_everything_is_stopped()
    {
        TaskCompletionSource held = new();
        _hub.OnExecute(CannedResponse.Accepted() with { Until = held.Task });
        Task<HubExecution> run = _hub.RunUntilAsync(_cancel.Token, _cancel.Token);
        await _hub.Server.ReceivedAsync(Hub.ExecutePath, 1);

        await _cancel.CancelAsync();
        held.SetResult();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        Assert.Equal(Hub.Id, Assert.Single(_hub.Told.Executions).Id);
        Assert.Equal(0, _hub.Polls);
    }

    [Fact]
    public async Task A_stop_ends_a_status_call_that_has_no_answer()
    {
        _hub.OnStatus(CannedResponse.Success() with { Until = Never });
        Task<HubExecution> run = _hub.RunUntilAsync(CancellationToken.None, _cancel.Token);
        await _hub.Server.ReceivedAsync(Hub.StatusPath, 1);

        await _cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        Assert.Equal(1, _hub.Polls);
    }

    [Fact]
    public async Task A_stop_ends_the_wait_between_two_status_calls()
    {
        await using Hub hub = new(Hub.Short with { FirstPoll = TimeSpan.FromHours(1), MaxPollInterval = TimeSpan.FromHours(1) });
        hub.OnExecute(CannedResponse.Accepted());
        Task<HubExecution> run = hub.RunUntilAsync(CancellationToken.None, _cancel.Token);
        await hub.Server.ReceivedAsync(Hub.ExecutePath, 1);

        await _cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        Assert.Equal(0, hub.Polls);
    }
}
