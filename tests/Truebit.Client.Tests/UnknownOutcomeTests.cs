using Truebit.Client.Tests.Support;
using Truebit.TestHub;

namespace Truebit.Client.Tests;

/// <summary>
/// Outcome table, last row: the hub may have executed the task, so it is called unknown and never sent again
/// (design.md 6). Each test counts the requests that reached the server: exactly one.
/// </summary>
public sealed class UnknownOutcomeTests : IAsyncDisposable
{
    private readonly Hub _hub = new();

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Theory]
    [InlineData(500, """{"message":"boom"}""", "boom")]
    [InlineData(502, "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>", "502 Bad Gateway")]
    [InlineData(503, "busy", "busy")]
    [InlineData(504, "", null)]
    [InlineData(408, """{"error":"slow"}""", "slow")]
    [InlineData(409, """{"detail":"again?"}""", "again?")]
    [InlineData(418, "", null)]
    [InlineData(201, """{"location":"/here"}""", "/here")]
    [InlineData(204, "", null)]
    [InlineData(407, """{"message":"who are you?"}""", "who are you?")]
    public async Task A_status_that_does_not_say_whether_the_task_was_executed(int status, string body, string? words)
    {
        _hub.OnExecute(CannedResponse.Json(body, status));

        HubException e = await UnknownAsync();

        Assert.Equal(status, (int?)e.StatusCode);
        Assert.Contains($"answered {status}", e.Message, StringComparison.Ordinal);
        Assert.Contains(words ?? "", e.Message, StringComparison.Ordinal);
        Assert.Contains(words ?? "", e.HubMessage ?? "", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_redirect_which_is_not_followed(int status)
    {
        await using HubServer second = new();
        _hub.OnExecute(CannedResponse.Empty(status, $"Location: {second.Endpoint}task/api/execute-by-name?k=1"));

        HubException e = await UnknownAsync();

        Assert.Equal(status, (int?)e.StatusCode);
        Assert.Contains($"answered with a redirect ({status}) to 127.0.0.1, which is not followed.", e.Message, StringComparison.Ordinal);
        Assert.Equal(0, second.Connections);
    }

    [Theory]
    [InlineData("Location: /elsewhere")]
    [InlineData("Location: http://[")]
    [InlineData("X-Other: 1")]
    public async Task A_redirect_to_the_same_host_or_nowhere(string header)
    {
        _hub.OnExecute(CannedResponse.Empty(302, header));

        await UnknownAsync();

        Assert.Single(_hub.Server.Requests);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("\"e7e444fa\"")]
    [InlineData("[{\"executionId\":\"x\"}]")]
    [InlineData("""{"executionId":""}""")]
    [InlineData("""{"executionId":null,"status":"Success"}""")]
    [InlineData("""{"status":"Success","clearTextSolution":{"output":1}}""")]
    [InlineData("""{"executionId":"e7e444fa","clearTextSolution":{"output":{"id":""")]
    [InlineData("""{"executionId":"e7e444fa"} and more""")]
    [InlineData("""{"message":"accepted"}""")]
    [InlineData("<html><head><title>Welcome</title></head></html>")]
    public async Task A_200_that_names_no_execution(string body)
    {
        _hub.OnExecute(CannedResponse.Json(body));

        HubException e = await UnknownAsync();

        Assert.Equal(200, (int?)e.StatusCode);
    }

    [Theory]
    [InlineData(SubmitMode.Async)]
    [InlineData(SubmitMode.Sync)]
    public async Task After_a_kept_connection_has_cost_a_row_each_submission_has_one_of_its_own(SubmitMode mode)
    {
        await using Hub hub = new Hub().OnExecute(CannedResponse.Success(), CannedResponse.Close, CannedResponse.Success());

        await hub.RunAsync(mode);
        Assert.Equal(HubErrorCode.OutcomeUnknown, (await hub.FailAsync(mode)).Code);
        Assert.Equal(1, hub.Server.Connections);
        await hub.RunAsync(mode);
        await hub.RunAsync(mode);

        Assert.Equal(4, hub.Posts);
        Assert.Equal(3, hub.Server.Connections);
    }

    [Fact]
    public async Task A_200_whose_end_is_missing()
    {
        _hub.OnExecute(CannedResponse.Accepted() with { MissingBytes = 10 });

        await UnknownAsync();
    }

    [Fact]
    public async Task A_connection_that_closes_without_an_answer()
    {
        _hub.OnExecute(CannedResponse.Close);

        await UnknownAsync();
    }

    [Fact]
    public async Task A_reset_after_the_whole_request_was_read()
    {
        _hub.OnExecute(CannedResponse.Reset);

        await UnknownAsync();
    }

    [Fact]
    public async Task A_reset_after_the_headers_were_read()
    {
        _hub.Server.ResetNext(ResetPoint.AfterHeaders);

        await UnknownAsync();
    }

    [Fact]
    public async Task A_reset_before_anything_was_read()
    {
        _hub.Server.ResetNext(ResetPoint.BeforeReading);

        await UnknownAsync(posts: 0);

        Assert.Equal(1, _hub.Server.Connections);
    }

    [Fact]
    public async Task A_reset_on_a_connection_that_has_served_before()
    {
        _hub.OnExecute(CannedResponse.Success(), CannedResponse.Reset, CannedResponse.Success());
        await _hub.RunAsync();

        await UnknownAsync(posts: 2);

        Assert.Equal(1, _hub.Server.Connections);
    }

    [Fact]
    public async Task A_close_on_a_connection_that_has_served_before()
    {
        _hub.OnExecute(CannedResponse.Success(), CannedResponse.Close, CannedResponse.Success());
        await _hub.RunAsync();

        await UnknownAsync(posts: 2);

        Assert.Equal(1, _hub.Server.Connections);
    }

    [Fact]
    public async Task An_answer_that_does_not_come_in_time()
    {
        await using Hub hub = new(Hub.Short with { SubmitTimeout = TimeSpan.FromMilliseconds(700) });
        hub.OnExecute(CannedResponse.Success() with { Until = new TaskCompletionSource().Task });

        HubException e = await hub.FailAsync(SubmitMode.Sync);

        Assert.Equal(HubErrorCode.OutcomeUnknown, e.Code);
        Assert.Contains("no answer within 0.7 s", e.Message, StringComparison.Ordinal);
        Assert.Equal(1, hub.Posts);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    public async Task An_answer_that_is_not_compressed_as_it_says(string encoding)
    {
        _hub.OnExecute(CannedResponse.Json("this is not compressed at all", 200, $"Content-Encoding: {encoding}"));

        await UnknownAsync();
    }

    [Fact]
    public async Task An_answer_whose_words_are_not_Unicode()
    {
        _hub.OnExecute(CannedResponse.Json("""{"message":"\ud800"}""", 500));

        await UnknownAsync();
    }

    [Fact]
    public async Task A_client_that_is_closed_while_the_request_is_out()
    {
        _hub.OnExecute(CannedResponse.Success() with { Until = new TaskCompletionSource().Task });
        Task<HubException> failure = _hub.FailAsync();
        await _hub.Server.ReceivedAsync(Hub.ExecutePath, 1);

        _hub.Client.Dispose();

        Assert.Equal(HubErrorCode.OutcomeUnknown, (await failure).Code);
        Assert.Equal(["sending", "unknown"], _hub.Told.Steps);
    }

    private async Task<HubException> UnknownAsync(int posts = 1)
    {
        HubException e = await _hub.FailAsync();
        Assert.Equal(HubErrorCode.OutcomeUnknown, e.Code);
        Assert.Contains("outcome is unknown", e.Message, StringComparison.Ordinal);
        Assert.Contains("not sent again", e.Message, StringComparison.Ordinal);
        Assert.Equal(posts, _hub.Posts);
        Assert.Equal(["sending", "unknown"], _hub.Told.Steps.TakeLast(2));
        Assert.Equal(e.Message, Assert.Single(_hub.Told.Reasons));
        return e;
    }
}
