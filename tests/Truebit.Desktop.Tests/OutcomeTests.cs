using Truebit.Client;
using Truebit.Client.Tests.Support;
using Truebit.TestHub;

namespace Truebit.Desktop.Tests;

/// <summary>The whole outcome table (docs/design.md); on Windows it is the Framework's own HTTP stack that meets it.</summary>
public sealed class OutcomeTests(DesktopProcess desktop) : IClassFixture<DesktopProcess>, IAsyncDisposable
{
    private readonly HubServer _hub = new();

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Fact]
    public async Task No_connection_sends_nothing_after_four_tries()
    {
        Assert.SkipUnless(OperatingSystem.IsWindows(), "Mono's HttpClient does not say by a WebException why there is no connection");
        await using HubServer shut = new(open: false);

        RowEnd end = await RunAsync(shut);

        Assert.Equal("HubUnreachable", end.End);
        Assert.Contains("Nothing was sent", end.Text, StringComparison.Ordinal);
        Assert.Equal(Enumerable.Repeat(new[] { "sending", "refused" }, 4).SelectMany(static steps => steps), end.Steps);
    }

    [Theory]
    [InlineData(429, "Retry-After: 0")]
    [InlineData(429, "Retry-After: 1")]
    [InlineData(429, "Retry-After: Wed, 21 Oct 2015 07:28:00 GMT")]
    public async Task A_pause_is_kept_and_the_request_sent_again(int status, string header)
    {
        OnExecute(CannedResponse.Empty(status, header), CannedResponse.Success());

        await EndsAsync("Success", posts: 2, ["sending", "refused", "sending", "accepted", "finished"]);
    }

    [Theory]
    [InlineData(400, "InvalidRequest")]
    [InlineData(404, "InvalidRequest")]
    [InlineData(413, "InvalidRequest")]
    [InlineData(415, "InvalidRequest")]
    [InlineData(422, "InvalidRequest")]
    [InlineData(401, "AuthenticationFailed")]
    [InlineData(403, "AuthenticationFailed")]
    [InlineData(402, "PaymentRequired")]
    public async Task A_refusal_is_not_sent_again(int status, string code)
    {
        OnExecute(CannedResponse.Json("""{"message":"the hub's own words"}""", status), CannedResponse.Success());

        RowEnd end = await EndsAsync(code, posts: 1, ["sending", "refused"]);

        Assert.Contains("the hub's own words", end.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_redirect_is_not_followed(int status)
    {
        await using HubServer second = new();
        OnExecute(CannedResponse.Empty(status, $"Location: {second.Endpoint}task/api/execute-by-name"));

        await EndsAsync("OutcomeUnknown", posts: 1, ["sending", "unknown"]);

        Assert.Equal(0, second.Connections);
    }

    [Theory]
    [InlineData(SubmitMode.Wait)]
    [InlineData(SubmitMode.Sync)]
    public async Task What_is_accepted_is_polled_through_passing_faults(SubmitMode mode)
    {
        OnExecute(CannedResponse.Accepted());
        _hub.On(Hub.StatusPath, CannedResponse.Empty(404), CannedResponse.Running(), CannedResponse.Empty(500), CannedResponse.Reset, CannedResponse.Success(output: "5e-7"));

        RowEnd end = await EndsAsync("Success", posts: 1, ["sending", "accepted", "finished"], mode);

        Assert.Contains("5e-7", end.Text, StringComparison.Ordinal);
        Assert.Equal(5, _hub.Count(Hub.StatusPath));
    }

    [Fact]
    public async Task What_is_only_started_is_not_polled()
    {
        OnExecute(CannedResponse.Accepted());

        await EndsAsync("Running", posts: 1, ["sending", "accepted"], SubmitMode.Async);

        Assert.Equal(0, _hub.Count(Hub.StatusPath));
    }

    [Theory]
    [InlineData(201, """{"location":"/here"}""")]
    [InlineData(204, "")]
    [InlineData(408, "")]
    [InlineData(409, "")]
    [InlineData(500, """{"message":"boom"}""")]
    [InlineData(502, "<html></html>")]
    [InlineData(503, "busy")]
    [InlineData(504, "")]
    [InlineData(200, "")]
    [InlineData(200, "{}")]
    [InlineData(200, """{"executionId":"e7e444fa","clearTextSolution":{"output":{"id":""")]
    public async Task An_answer_that_does_not_say_whether_it_was_executed(int status, string body)
    {
        OnExecute(CannedResponse.Json(body, status), CannedResponse.Success());

        await EndsUnknownAsync(posts: 1);
    }

    public static TheoryData<string> Breaks { get; } = ["close", "reset", "cut off"];

    [Theory]
    [MemberData(nameof(Breaks))]
    public async Task A_connection_that_breaks_before_its_answer(string how)
    {
        OnExecute(Break(how), CannedResponse.Success());

        await EndsUnknownAsync(posts: 1);
    }

    /// <summary>HTTP stacks like to send again when a connection that was kept alive breaks.</summary>
    [Theory]
    [MemberData(nameof(Breaks))]
    public async Task A_kept_connection_that_breaks_before_its_answer(string how)
    {
        OnExecute(CannedResponse.Success(), Break(how), CannedResponse.Success());
        await EndsAsync("Success", posts: 1, ["sending", "accepted", "finished"]);

        await EndsUnknownAsync(posts: 2);
    }

    [Theory]
    [InlineData("AfterHeaders", 1)]
    [InlineData("BeforeReading", 0)]
    public async Task A_connection_that_breaks_before_its_request_was_read(string point, int posts)
    {
        OnExecute(CannedResponse.Success());
        _hub.ResetNext(Enum.Parse<ResetPoint>(point));

        await EndsUnknownAsync(posts);

        Assert.Equal(1, _hub.Connections);
    }

    [Fact]
    public async Task An_answer_that_does_not_come_in_time()
    {
        OnExecute(CannedResponse.Success() with { Until = new TaskCompletionSource().Task });

        RowEnd end = Assert.Single(await desktop.RunAsync(new RunCommand { Endpoint = _hub.Endpoint, Mode = SubmitMode.Sync, SubmitTimeout = 700 }));

        Assert.Equal("OutcomeUnknown", end.End);
        Assert.Contains("no answer within 0.7 s", end.Text, StringComparison.Ordinal);
        Assert.Equal(1, _hub.Count(Hub.ExecutePath));
    }

    [Fact]
    public async Task Many_connections_are_used_at_once()
    {
        // The framework's default is two.
        TaskCompletionSource all = new();
        OnExecute(CannedResponse.Success() with { Until = all.Task });

        Task<RowEnd[]> run = desktop.RunAsync(new RunCommand { Endpoint = _hub.Endpoint, Rows = 8, ThrottleLimit = 8 });
        await Task.WhenAny(_hub.ReceivedAsync(Hub.ExecutePath, 8), run);
        all.SetResult();

        Assert.All(await run, static end => Assert.Equal("Success", end.End));
        Assert.Equal(8, _hub.Connections);
    }

    private static CannedResponse Break(string how) => how switch
    {
        "close" => CannedResponse.Close,
        "reset" => CannedResponse.Reset,
        _ => CannedResponse.Success() with { MissingBytes = 10 },
    };

    private void OnExecute(params CannedResponse[] steps) => _hub.On(Hub.ExecutePath, steps);

    private async Task<RowEnd> RunAsync(HubServer hub, SubmitMode mode = SubmitMode.Wait) =>
        Assert.Single(await desktop.RunAsync(new RunCommand { Endpoint = hub.Endpoint, Mode = mode }));

    private async Task EndsUnknownAsync(int posts)
    {
        RowEnd end = await EndsAsync("OutcomeUnknown", posts, ["sending", "unknown"]);
        Assert.Contains("not sent again", end.Text, StringComparison.Ordinal);
    }

    private async Task<RowEnd> EndsAsync(string code, int posts, string[] steps, SubmitMode mode = SubmitMode.Wait)
    {
        RowEnd end = await RunAsync(_hub, mode);
        Assert.Equal((code, posts), (end.End, _hub.Count(Hub.ExecutePath)));
        Assert.Equal(steps, end.Steps);
        return end;
    }
}
