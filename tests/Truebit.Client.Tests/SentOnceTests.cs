namespace Truebit.Client.Tests;

/// <summary>What keeps an HTTP stack from sending a POST again by itself.</summary>
public sealed class SentOnceTests
{
    [Fact]
    public async Task A_body_is_written_once_and_never_again()
    {
        using SentOnceContent content = new("{}"u8.ToArray());
        using MemoryStream first = new();
        using MemoryStream second = new();

        await content.CopyToAsync(first, TestContext.Current.CancellationToken);
        Exception e = await Assert.ThrowsAnyAsync<Exception>(() => content.CopyToAsync(second, TestContext.Current.CancellationToken));

        Assert.Equal("{}"u8.ToArray(), first.ToArray());
        Assert.Equal(0, second.Length);
        Assert.Contains("not sent again", e.GetBaseException().Message, StringComparison.Ordinal);
        Assert.Equal(2, content.Headers.ContentLength);
    }
}
