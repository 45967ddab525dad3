using System.Diagnostics;
using System.Text;
using Truebit.Client.Tests.Support;
using Truebit.TestHub;

namespace Truebit.Client.Tests;

/// <summary>The hub's words become one short printable line.</summary>
public sealed class HubMessageTests : IAsyncDisposable
{
    private readonly Hub _hub = new();

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Fact]
    public async Task Three_hundred_characters_are_shown_whole()
    {
        string words = new('a', 300);

        Assert.Equal(words, await WordsAsync(words));
    }

    [Fact]
    public async Task More_than_three_hundred_characters_are_cut()
    {
        Assert.Equal(new string('a', 300) + "...", await WordsAsync(new string('a', 301)));
    }

    [Fact]
    public async Task A_secret_is_taken_out_before_the_cut()
    {
        string words = await WordsAsync(new string('a', 290) + Hub.Key);

        Assert.DoesNotContain(Hub.Key[..5], words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a\u001b[31mred\u001b[0m", "a [31mred [0m")]
    [InlineData("one\r\ntwo\ttwo\0three\u0007", "one two two three")]
    [InlineData("left\u202Eright\u200Bzero", "left right zero")]
    [InlineData("  spaces   inside  ", "spaces inside")]
    [InlineData("next\u0085line\u2028separator", "next line separator")]
    public async Task Control_characters_do_not_reach_the_console(string sent, string shown)
    {
        Assert.Equal(shown, await WordsAsync(sent));
    }

    [Theory]
    [InlineData("Größe 5 €, 数量")]
    [InlineData("too many \U0001F36A in the jar")]
    public async Task Letters_and_pictures_of_all_languages_are_kept(string words)
    {
        Assert.Equal(words, await WordsAsync(words));
    }

    [Fact]
    public async Task Bytes_that_are_no_text_are_an_answer_too()
    {
        _hub.OnExecute(new CannedResponse { Status = 400, Body = [0xC3, 0x28, 0xFF, 0xFE, 0x00, (byte)'o', (byte)'k'] });

        HubException e = await _hub.FailAsync();

        Assert.Equal(HubErrorCode.InvalidRequest, e.Code);
        Assert.EndsWith("ok", e.HubMessage, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<")]
    [InlineData("<script>")]
    [InlineData("<title>")]
    [InlineData("{\"a\":")]
    [InlineData("[")]
    public async Task A_long_answer_of_nonsense_is_read_in_no_time(string nonsense)
    {
        StringBuilder body = new("<");
        body.Insert(1, nonsense, 400_000 / nonsense.Length);
        long start = Stopwatch.GetTimestamp();

        await WordsAsync(body.ToString());

        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(5), $"{Stopwatch.GetElapsedTime(start)}");
    }

    private async Task<string> WordsAsync(string body)
    {
        _hub.OnExecute(new CannedResponse { Status = 400, Body = Encoding.UTF8.GetBytes(body) });
        return (await _hub.FailAsync()).HubMessage ?? "";
    }
}
