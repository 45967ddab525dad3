using System.Diagnostics;
using Truebit.Client.Tests.Support;
using Truebit.TestHub;

namespace Truebit.Client.Tests;

/// <summary>-RateLimit: at most so many submissions a second. Waits can only be too long, so the tests ask for the shortest that they may take.</summary>
public sealed class RateTests
{
    private const int Rows = 6;
    private const double PerSecond = 20;

    /// <summary>The first leaves at once. A timer may be a little early.</summary>
    private static readonly TimeSpan Spread = TimeSpan.FromSeconds((Rows - 1) / PerSecond * 0.9);

    [Theory]
    [InlineData(SubmitMode.Wait)]
    [InlineData(SubmitMode.Sync)]
    public async Task Submissions_are_spread_over_time(SubmitMode mode)
    {
        await using Hub hub = new Hub(rate: new SubmissionRate(PerSecond)).OnExecute(CannedResponse.Success());
        Stopwatch clock = Stopwatch.StartNew();

        await Task.WhenAll(Enumerable.Range(0, Rows).Select(_ => hub.RunAsync(mode)));

        Assert.True(clock.Elapsed >= Spread, $"{clock.Elapsed}");
        Assert.Equal(Rows, hub.Posts);
    }

    [Fact]
    public async Task What_was_about_to_leave_when_a_pause_began_is_spread_again_after_it()
    {
        await using Hub hub = new Hub(rate: new SubmissionRate(PerSecond)).OnExecute(CannedResponse.Empty(429, "Retry-After: 1"), CannedResponse.Success());
        Stopwatch clock = Stopwatch.StartNew();

        await Task.WhenAll(Enumerable.Range(0, Rows).Select(_ => hub.RunAsync()));

        Assert.True(clock.Elapsed >= TimeSpan.FromSeconds(1) + Spread, $"{clock.Elapsed}");
        Assert.Equal(Rows + 1, hub.Posts);
    }

    [Fact]
    public async Task A_command_that_ends_waits_for_no_turn()
    {
        using CancellationTokenSource halt = new();
        await using Hub hub = new Hub(rate: new SubmissionRate(0.001)).OnExecute(CannedResponse.Success());
        await hub.RunAsync();

        Task<HubExecution> second = hub.RunUntilAsync(halt.Token, CancellationToken.None);
        await halt.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        Assert.Equal(1, hub.Posts);
    }
}
