using Truebit.Client.Tests.Support;
using Truebit.TestHub;

namespace Truebit.Client.Tests;

/// <summary>How many submissions are on the wire at a time, and how a pause changes that.</summary>
public sealed class FlowTests
{
    private const int MaxHeld = 4;

    [Theory]
    [InlineData(SubmitMode.Sync, MaxHeld)]
    [InlineData(SubmitMode.Async, 32)]
    public async Task No_more_submissions_are_on_the_wire_than_may_be(SubmitMode mode, int most)
    {
        await using Hub hub = new(maxHeld: MaxHeld);
        TaskCompletionSource held = new();
        hub.OnExecute(CannedResponse.Accepted() with { Until = held.Task });
        hub.OnStatus(CannedResponse.Success());

        Task<HubExecution>[] runs = [.. Enumerable.Range(0, most + 20).Select(_ => hub.RunAsync(mode))];
        await hub.Server.ReceivedAsync(Hub.ExecutePath, most);
        await PassTimeAsync(hub);

        Assert.Equal(most, hub.Posts);
        held.SetResult();
        await Task.WhenAll(runs);
        Assert.Equal(most + 20, hub.Posts);
    }

    [Fact]
    public async Task A_sync_call_that_is_held_keeps_no_async_submission_waiting()
    {
        await using Hub hub = new(maxHeld: 1);
        TaskCompletionSource held = new();
        hub.OnExecute(CannedResponse.Success() with { Until = held.Task }, CannedResponse.Accepted());
        Task<HubExecution> slow = hub.RunAsync(SubmitMode.Sync);
        await hub.Server.ReceivedAsync(Hub.ExecutePath, 1);

        HubExecution quick = await hub.RunAsync(SubmitMode.Async);

        Assert.False(quick.IsFinished);
        held.SetResult();
        Assert.True((await slow).IsFinished);
    }

    [Fact]
    public async Task After_a_pause_there_are_half_as_many_which_grow_back()
    {
        await using Hub hub = new(maxHeld: MaxHeld);
        using SemaphoreSlim releases = new(0);
        TaskCompletionSource together = new();
        int posts = 0;
        hub.Server.On(Hub.ExecutePath, _ =>
        {
            if (++posts <= MaxHeld)
            {
                if (posts == MaxHeld)
                {
                    together.SetResult();
                }

                return CannedResponse.Empty(429, "Retry-After: 1") with { Until = together.Task };
            }

            return CannedResponse.Success() with { Until = releases.WaitAsync(TestContext.Current.CancellationToken) };
        });
        Task<HubExecution>[] runs = [.. Enumerable.Range(0, 20).Select(_ => hub.RunAsync(SubmitMode.Sync))];

        await hub.Server.ReceivedAsync(Hub.ExecutePath, MaxHeld + 2);
        await PassTimeAsync(hub);
        Assert.Equal(MaxHeld + 2, hub.Posts);

        // Two go well, so three are let in; three go well, so four are.
        releases.Release(2);
        await hub.Server.ReceivedAsync(Hub.ExecutePath, MaxHeld + 2 + 3);
        await PassTimeAsync(hub);
        Assert.Equal(MaxHeld + 2 + 3, hub.Posts);
        releases.Release(3);
        await hub.Server.ReceivedAsync(Hub.ExecutePath, MaxHeld + 5 + 4);
        await PassTimeAsync(hub);
        Assert.Equal(MaxHeld + 5 + 4, hub.Posts);

        releases.Release(100);
        await Task.WhenAll(runs);
        Assert.Equal(MaxHeld + 20, hub.Posts);
    }

    /// <summary>A few round trips, in which a request that should not have been sent would arrive too.</summary>
    private static async Task PassTimeAsync(Hub hub)
    {
        hub.OnStatus(CannedResponse.Success());
        for (int trips = 0; trips < 20; trips++)
        {
            await hub.GetAsync();
        }
    }
}
