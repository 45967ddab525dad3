using System.Text;

namespace Truebit.Client.Tests;

/// <summary>No handler can send a body again by itself. (What ours do with broken connections: UnknownOutcomeTests.)</summary>
public sealed class SingleUseContentTests
{
    private readonly SingleUseContent _content = new(Encoding.UTF8.GetBytes("{}"));

    [Fact]
    public async Task The_second_time_is_an_error_and_nothing_is_written()
    {
        using MemoryStream first = new();
        using MemoryStream second = new();

        await _content.CopyToAsync(first, TestContext.Current.CancellationToken);
        InvalidOperationException e = await Assert.ThrowsAsync<InvalidOperationException>(
            () => _content.CopyToAsync(second, TestContext.Current.CancellationToken));

        Assert.Equal("{}", Encoding.UTF8.GetString(first.ToArray()));
        Assert.Equal(0, second.Length);
        Assert.Contains("sent a second time", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Its_length_is_known_before_it_is_sent() => Assert.Equal(2, _content.Headers.ContentLength);
}
