using System.Diagnostics;
using System.Globalization;
using Truebit.Client.Tests.Support;
using Truebit.TestHub;

namespace Truebit.Client.Tests;

/// <summary>Outcome table, row 2: the hub asks for a pause, which holds for the whole pool (design.md 6).</summary>
public sealed class PauseTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task A_pause_is_kept_and_then_the_request_is_sent_again()
    {
        await using Hub hub = new Hub().OnExecute(CannedResponse.Empty(429, "Retry-After: 1"), CannedResponse.Success());

        HubExecution execution = await hub.RunAsync();

        Assert.Equal(ExecutionStatus.Success, execution.Status);
        Assert.Equal(2, hub.Posts);
        Assert.True(Between(hub, 0, 1) >= Second, $"{Between(hub, 0, 1)}");
        Assert.Equal("The hub asks to wait (429): no request is sent for 1 s.", Assert.Single(hub.Log.Warnings));
    }

    [Fact]
    public async Task A_503_pauses_the_pool_too_but_its_own_row_may_have_been_executed()
    {
        await using Hub hub = new Hub().OnExecute(CannedResponse.Empty(503, "Retry-After: 1"), CannedResponse.Success());

        Assert.Equal(HubErrorCode.OutcomeUnknown, (await hub.FailAsync()).Code);
        await hub.RunAsync();

        Assert.Equal(["sending", "unknown", "sending", "accepted", "finished"], hub.Told.Steps);
        Assert.True(Between(hub, 0, 1) >= Second, $"{Between(hub, 0, 1)}");
        Assert.Equal("The hub is not available (503): no request is sent for 1 s.", Assert.Single(hub.Log.Warnings));
    }

    [Fact]
    public async Task A_pause_until_a_date_is_kept()
    {
        DateTimeOffset until = DateTimeOffset.UtcNow.AddSeconds(1.5);
        await using Hub hub = new Hub().OnExecute(CannedResponse.Empty(429, RetryAfter(until)), CannedResponse.Success());

        await hub.RunAsync();

        // The header's date has no fractions, and the clocks of the two waits differ by a tick.
        Assert.True(DateTimeOffset.UtcNow >= until.AddSeconds(-1).AddMilliseconds(-20));
        Assert.Equal(2, hub.Posts);
        Assert.Single(hub.Log.Warnings);
    }

    [Fact]
    public async Task A_pause_until_a_date_that_cannot_be_read_may_have_executed_the_task()
    {
        await using Hub hub = new Hub().OnExecute(CannedResponse.Empty(503, "Retry-After: soon"), CannedResponse.Success());

        Assert.Equal(HubErrorCode.OutcomeUnknown, (await hub.FailAsync()).Code);
        Assert.Equal(1, hub.Posts);
    }

    [Theory]
    [InlineData("Retry-After: 0")]
    [InlineData("Retry-After: Wed, 21 Oct 2015 07:28:00 GMT")]
    public async Task A_pause_that_is_over_already_does_not_wait(string header)
    {
        await using Hub hub = new Hub().OnExecute(CannedResponse.Empty(429, header), CannedResponse.Success());

        await hub.RunAsync();

        Assert.Equal(2, hub.Posts);
    }

    [Fact]
    public async Task A_pause_that_is_absurdly_long_ends_the_row_instead()
    {
        foreach (string header in new[] { "Retry-After: 31536000", "Retry-After: 99999999999999999999", "Retry-After: Fri, 31 Dec 9999 23:59:59 GMT" })
        {
            await using Hub hub = new Hub().OnExecute(CannedResponse.Empty(429, header), CannedResponse.Success());

            HubException e = await hub.FailAsync();

            Assert.Equal(HubErrorCode.RateLimited, e.Code);
            Assert.Equal(429, (int?)e.StatusCode);
            Assert.Contains("not executed", e.Message, StringComparison.Ordinal);
            Assert.Equal(1, hub.Posts);
        }
    }

    [Fact]
    public async Task A_429_without_a_time_backs_off_ever_longer()
    {
        HubTimings timings = Hub.Short with { FirstRetry = TimeSpan.FromMilliseconds(20) };
        await using Hub hub = new Hub(timings).OnExecute(CannedResponse.Empty(429), CannedResponse.Empty(429), CannedResponse.Empty(429), CannedResponse.Success());

        await hub.RunAsync();

        Assert.Equal(4, hub.Posts);
        for (int tries = 0; tries < 3; tries++)
        {
            // A fifth of jitter: 16, 32 and 64 ms at least.
            Assert.True(Between(hub, tries, tries + 1) >= TimeSpan.FromMilliseconds(16 << tries));
        }
    }

    [Fact]
    public async Task A_hub_that_never_stops_asking_for_pauses_ends_the_row()
    {
        await using Hub hub = new Hub(Hub.Short with { MaxThrottleRetries = 3 }).OnExecute(CannedResponse.Empty(429, "Retry-After: 0"));

        HubException e = await hub.FailAsync();

        Assert.Equal(HubErrorCode.RateLimited, e.Code);
        Assert.Equal(429, (int?)e.StatusCode);
        Assert.Equal(3, hub.Posts);
        Assert.Empty(hub.Told.Executions);
    }

    [Fact]
    public async Task A_503_that_names_no_time_may_have_executed_the_task()
    {
        await using Hub hub = new Hub().OnExecute(CannedResponse.Empty(503), CannedResponse.Success());

        Assert.Equal(HubErrorCode.OutcomeUnknown, (await hub.FailAsync()).Code);
        Assert.Equal(1, hub.Posts);
        Assert.StartsWith("The hub is not available (503): no request is sent for ", Assert.Single(hub.Log.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_row_that_waits_out_a_pause_can_be_halted_before_it_is_sent()
    {
        await using Hub hub = new Hub().OnExecute(CannedResponse.Empty(429, "Retry-After: 600"));
        using CancellationTokenSource halt = new();
        TaskCompletionSource paused = new(TaskCreationOptions.RunContinuationsAsynchronously);
        hub.Log.OnWarning = paused.SetResult;
        Task<HubExecution> first = hub.RunUntilAsync(halt.Token, CancellationToken.None);
        await paused.Task.WaitAsync(Hub.Deadline, TestContext.Current.CancellationToken);
        Task<HubExecution> second = hub.RunUntilAsync(halt.Token, CancellationToken.None);

        await halt.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        Assert.Equal(1, hub.Posts);
    }

    [Fact]
    public async Task A_pause_that_a_status_call_is_told_holds_back_the_other_status_calls_and_is_told()
    {
        await using Hub hub = new Hub().OnStatus(CannedResponse.Empty(429, "Retry-After: 1"), CannedResponse.Success());

        await hub.GetAsync();

        Assert.True(Between(hub, 0, 1) >= Second);
        Assert.Equal("The hub asks to wait (429): it is not asked for results or documents for 1 s.", Assert.Single(hub.Log.Warnings));
    }

    [Fact]
    public async Task A_pause_of_status_calls_is_cut_to_what_a_free_call_is_worth()
    {
        Assert.Equal(TimeSpan.FromSeconds(30), new HubTimings().MaxQueryPause);
        await using Hub hub = new Hub(Hub.Short with { MaxQueryPause = TimeSpan.FromMilliseconds(20) })
            .OnStatus(CannedResponse.Empty(429, "Retry-After: 99999"), CannedResponse.Success());

        Assert.Equal(ExecutionStatus.Success, (await hub.GetAsync()).Status);
        Assert.Equal(2, hub.Polls);
    }

    [Fact]
    public async Task A_wait_that_ends_in_a_pause_says_so_and_the_next_command_asks_all_the_same()
    {
        await using Hub hub = new Hub(Hub.Short with { LastAnswer = TimeSpan.FromMilliseconds(1) })
            .OnStatus(CannedResponse.Empty(429, "Retry-After: 99999"), CannedResponse.Success());

        HubException e = await Assert.ThrowsAsync<HubException>(() => hub.GetAsync(untilFinished: true, TimeSpan.FromMilliseconds(300)));
        HubExecution execution = await new TaskRunner(hub.Client, null, maxHeld: 1, hub.Log)
            .GetAsync(TaskKind.Api, Hub.Id, [], untilFinished: true, Hub.Deadline, TestContext.Current.CancellationToken);

        Assert.Equal(HubErrorCode.WaitTimeout, e.Code);
        Assert.Matches(@"The hub asked for a pause, which lasts another (29|30) s\.$", e.Message);
        Assert.Equal(ExecutionStatus.Success, execution.Status);
        Assert.Equal(2, hub.Polls);
    }

    [Theory]
    [InlineData("Retry-After: 0")]
    [InlineData("Retry-After: Wed, 21 Oct 2015 07:28:00 GMT")]
    public async Task Pauses_in_a_row_grow_whatever_the_hub_asks_for_and_are_told_once(string header)
    {
        HubTimings timings = Hub.Short with { FirstRetry = TimeSpan.FromMilliseconds(20) };
        await using Hub hub = new Hub(timings).OnExecute([.. Enumerable.Repeat(CannedResponse.Empty(429, header), 4), CannedResponse.Success()]);

        await hub.RunAsync();

        Assert.Equal(5, hub.Posts);
        Assert.Single(hub.Log.Warnings);
        for (int pause = 1; pause < 4; pause++)
        {
            // A fifth of jitter: 16, 32 and 64 ms at least.
            Assert.True(Between(hub, pause, pause + 1) >= TimeSpan.FromMilliseconds(16 << (pause - 1)));
        }
    }

    [Fact]
    public async Task Many_rows_of_a_hub_that_asks_for_no_wait_do_not_use_up_their_tries_at_once()
    {
        DateTimeOffset start = DateTimeOffset.UtcNow;
        await using Hub hub = new(Hub.Short with { FirstRetry = TimeSpan.FromMilliseconds(50) });
        hub.Server.On(Hub.ExecutePath, _ => DateTimeOffset.UtcNow - start < TimeSpan.FromMilliseconds(500) ? CannedResponse.Empty(429, "Retry-After: 0") : CannedResponse.Success());

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => hub.RunAsync()));

        Assert.Single(hub.Log.Warnings);
    }

    [Theory]
    [InlineData("Wed, 21 Oct 2015 07:28:00 GMT")]
    [InlineData("Wed, 21 Oct 2065 07:28:00 GMT")]
    public async Task A_date_counts_from_the_answers_own_date_because_clocks_differ(string now)
    {
        await using Hub hub = new Hub().OnExecute(
            CannedResponse.Empty(429, $"Date: {now}", $"Retry-After: {now.Replace("07:28:00", "07:28:01")}"), CannedResponse.Success());

        await hub.RunAsync();

        Assert.Equal("The hub asks to wait (429): no request is sent for 1 s.", Assert.Single(hub.Log.Warnings));
        Assert.True(Between(hub, 0, 1) >= Second);
    }

    [Theory]
    [InlineData("Retry-After: 3600")]
    [InlineData("Retry-After: 99999999999999999999")]
    public async Task A_command_with_a_time_budget_outlasts_pauses(string header)
    {
        await using Hub hub = new Hub(Hub.Short with { MaxPause = TimeSpan.FromMilliseconds(5), MaxThrottleRetries = 2 })
            .OnExecute([.. Enumerable.Repeat(CannedResponse.Empty(429, header), 5), CannedResponse.Success()]);
        TaskRunner patient = new(hub.Client, null, maxHeld: 1, hub.Log, outlastsPauses: true);

        HubExecution execution = await patient.RunAsync(
            Hub.Request(), SubmitMode.Async, Hub.Deadline, hub.Told, TestContext.Current.CancellationToken, CancellationToken.None);

        Assert.Equal(ExecutionStatus.Success, execution.Status);
        Assert.Equal(6, hub.Posts);
        Assert.Single(hub.Log.Warnings);
    }

    [Fact]
    public async Task A_pause_that_many_rows_are_told_at_once_holds_back_all_and_is_logged_once()
    {
        const int Told = 20;
        const int Later = 5;
        await using Hub hub = new();
        TaskCompletionSource together = new();
        TaskCompletionSource paused = new(TaskCreationOptions.RunContinuationsAsynchronously);
        hub.Log.OnWarning = () => paused.TrySetResult();
        int arrived = 0;
        hub.Server.On(Hub.ExecutePath, _ =>
        {
            if (++arrived == Told)
            {
                together.SetResult();
            }

            return arrived <= Told ? CannedResponse.Empty(429, "Retry-After: 1") with { Until = together.Task } : CannedResponse.Success();
        });

        Task<HubExecution>[] told = [.. Enumerable.Range(0, Told).Select(_ => hub.RunAsync())];
        await paused.Task.WaitAsync(Hub.Deadline, TestContext.Current.CancellationToken);
        await Task.WhenAll([.. told, .. Enumerable.Range(0, Later).Select(_ => hub.RunAsync())]);

        Assert.Equal(Told + Told + Later, hub.Posts);
        Assert.All(Enumerable.Range(Told, Told + Later), index => Assert.True(Between(hub, Told - 1, index) >= Second));
        Assert.Single(hub.Log.Warnings);
    }

    private static string RetryAfter(DateTimeOffset date) => $"Retry-After: {date.ToString("R", CultureInfo.InvariantCulture)}";

    /// <summary>The time between the arrival of two requests. A wait of the client is inside it, so it is never shorter.</summary>
    private static TimeSpan Between(Hub hub, int first, int second) =>
        Stopwatch.GetElapsedTime(hub.Server.Requests[first].At, hub.Server.Requests[second].At);
}
