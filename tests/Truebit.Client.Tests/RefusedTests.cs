using Truebit.Client.Tests.Support;
using Truebit.TestHub;

namespace Truebit.Client.Tests;

/// <summary>Outcome table: the hub refused the request, so nothing was executed (design.md 6).</summary>
public sealed class RefusedTests : IAsyncDisposable
{
    private readonly Hub _hub = new();

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Theory]
    [InlineData(400, HubErrorCode.InvalidRequest)]
    [InlineData(404, HubErrorCode.InvalidRequest)]
    [InlineData(413, HubErrorCode.InvalidRequest)]
    [InlineData(415, HubErrorCode.InvalidRequest)]
    [InlineData(422, HubErrorCode.InvalidRequest)]
    [InlineData(401, HubErrorCode.AuthenticationFailed)]
    [InlineData(403, HubErrorCode.AuthenticationFailed)]
    [InlineData(402, HubErrorCode.PaymentRequired)]
    public async Task A_refusal_has_its_own_code_and_is_not_sent_again(int status, HubErrorCode code)
    {
        _hub.OnExecute(CannedResponse.Json("""{"message":"the hub's own words."}""", status), CannedResponse.Success());

        HubException e = await _hub.FailAsync();

        Assert.Equal(code, e.Code);
        Assert.Equal(status, (int?)e.StatusCode);
        Assert.Equal("the hub's own words.", e.HubMessage);
        Assert.Contains($"({status}): the hub's own words.", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("..", e.Message, StringComparison.Ordinal);
        Assert.Null(e.ExecutionId);
        Assert.Equal(["sending", "refused"], _hub.Told.Steps);
        Assert.Equal(e.Message, Assert.Single(_hub.Told.Reasons));
        Assert.Equal(1, _hub.Posts);
    }

    [Theory]
    [InlineData("""{"message":"quantity must be an integer"}""")]
    [InlineData("""{"error":"quantity must be an integer"}""")]
    [InlineData("""{"code":400,"error":{"code":"E1","message":"quantity must be an integer"}}""")]
    [InlineData("""{"message":"","detail":"quantity must be an integer"}""")]
    [InlineData("""{"errors":["quantity must be an integer"]}""")]
    [InlineData("""{"message":null,"reason":"quantity must be an integer","errors":[]}""")]
    [InlineData("\"quantity must be an integer\"")]
    [InlineData("[{\"message\":\"quantity must be an integer\"}]")]
    [InlineData("quantity must\r\n\tbe an integer\n")]
    [InlineData("\uFEFF{\"message\":\"quantity must be an integer\"}")]
    [InlineData("<html><head><TITLE lang='en'>\n quantity must\n be an integer </TITLE></head><body>no</body></html>")]
    [InlineData("<style>a{}</style><p>quantity must <b>be</b></p> an <script>no()</script>integer")]
    public async Task The_hubs_words_are_found_in_a_body_of_any_shape(string body)
    {
        _hub.OnExecute(CannedResponse.Json(body, 400));

        HubException e = await _hub.FailAsync();

        Assert.Equal("quantity must be an integer", e.HubMessage);
        Assert.EndsWith(": quantity must be an integer.", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"errors":[{"message":"one"},{"message":"two"},"three"]}""", "one; two; three")]
    [InlineData("""{"code":17}""", """{"code":17}""")]
    [InlineData("""{"message":{"code":17}}""", """{"code":17}""")]
    [InlineData("17", "17")]
    [InlineData("", null)]
    [InlineData(" \r\n ", null)]
    [InlineData("\"\"", null)]
    public async Task Other_bodies_are_shown_as_they_are(string body, string? words)
    {
        _hub.OnExecute(CannedResponse.Json(body, 400));

        Assert.Equal(words, (await _hub.FailAsync()).HubMessage);
    }

    [Fact]
    public async Task A_redirected_status_call_keeps_the_key_at_home()
    {
        await using HubServer second = new();
        _hub.OnStatus(CannedResponse.Empty(307, $"Location: {second.Endpoint}"));

        HubException e = await Assert.ThrowsAsync<HubException>(() => _hub.GetAsync());

        Assert.Equal(HubErrorCode.InvalidResponse, e.Code);
        Assert.Equal(0, second.Connections);
    }

    [Fact]
    public async Task A_redirected_status_call_still_names_its_execution()
    {
        _hub.OnStatus(CannedResponse.Empty(307, "Location: /elsewhere"));

        HubException e = await Assert.ThrowsAsync<HubException>(() => _hub.GetAsync());

        Assert.Equal(Hub.Id, e.ExecutionId);
    }
}
