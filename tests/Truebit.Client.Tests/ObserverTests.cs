using Truebit.Client.Tests.Support;
using Truebit.TestHub;

namespace Truebit.Client.Tests;

/// <summary>An observer, such as a journal, is told of every step when it counts: before a request leaves, and before a wait.</summary>
public sealed class ObserverTests : IAsyncDisposable
{
    private readonly Hub _hub = new Hub().OnExecute(CannedResponse.Accepted()).OnStatus(CannedResponse.Running(), CannedResponse.Success());

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Theory]
    [InlineData(SubmitMode.Wait)]
    [InlineData(SubmitMode.Sync)]
    public async Task An_execution_that_is_awaited_is_accepted_and_then_finished(SubmitMode mode)
    {
        await _hub.RunAsync(mode);

        Assert.Equal(["sending", "accepted", "finished"], _hub.Told.Steps);
    }

    [Fact]
    public async Task An_execution_that_is_not_awaited_is_only_accepted()
    {
        await _hub.RunAsync(SubmitMode.Async);

        Assert.Equal(["sending", "accepted"], _hub.Told.Steps);
    }

    [Fact]
    public async Task A_submission_that_is_finished_at_once_is_told_both_too()
    {
        _hub.OnExecute(CannedResponse.Success());

        await _hub.RunAsync(SubmitMode.Async);

        Assert.Equal(["sending", "accepted", "finished"], _hub.Told.Steps);
    }

    [Fact]
    public async Task Sending_is_told_before_anything_leaves()
    {
        int connections = -1;
        _hub.Told.OnSending = () => connections = _hub.Server.Connections;

        await _hub.RunAsync();

        Assert.Equal(0, connections);
    }

    [Fact]
    public async Task A_request_does_not_leave_when_its_sending_cannot_be_written_down()
    {
        _hub.Told.OnSending = () => throw new IOException("disk full");

        await Assert.ThrowsAsync<IOException>(() => _hub.RunAsync());

        Assert.Equal(0, _hub.Server.Connections);
        Assert.Empty(_hub.Told.Steps);
    }

    [Fact]
    public async Task A_row_whose_sending_failed_takes_no_ones_turn()
    {
        _hub.Told.OnSending = () => throw new IOException("disk full");
        for (int row = 0; row < 100; row++)
        {
            await Assert.ThrowsAsync<IOException>(() => _hub.RunAsync());
        }

        _hub.Told.OnSending = () => { };

        Assert.Equal(ExecutionStatus.Success, (await _hub.RunAsync()).Status);
    }

    [Fact]
    public async Task A_pause_is_a_refusal_of_each_try()
    {
        _hub.OnExecute(CannedResponse.Empty(429, "Retry-After: 0"), CannedResponse.Empty(429, "Retry-After: 0"), CannedResponse.Success());

        await _hub.RunAsync();

        Assert.Equal(["sending", "refused", "sending", "refused", "sending", "accepted", "finished"], _hub.Told.Steps);
    }

    [Fact]
    public async Task A_pause_that_is_too_long_is_one_refusal()
    {
        _hub.OnExecute(CannedResponse.Empty(429, "Retry-After: 31536000"));

        await _hub.FailAsync();

        Assert.Equal(["sending", "refused"], _hub.Told.Steps);
    }

    [Fact]
    public async Task A_row_that_is_halted_before_it_is_sent_is_not_told_of()
    {
        using CancellationTokenSource halted = new();
        await halted.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _hub.RunUntilAsync(halted.Token, CancellationToken.None));

        Assert.Empty(_hub.Told.Steps);
    }

    [Fact]
    public async Task An_execution_whose_wait_fails_was_accepted_and_is_not_finished()
    {
        _hub.OnStatus(CannedResponse.Empty(401));

        await _hub.FailAsync();

        Assert.Equal(["sending", "accepted"], _hub.Told.Steps);
    }
}
