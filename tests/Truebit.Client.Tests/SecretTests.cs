using System.Text.Encodings.Web;
using System.Text.Json;
using Truebit.Client.Tests.Support;
using Truebit.TestHub;

namespace Truebit.Client.Tests;

/// <summary>The key and the headers' values show nowhere, also when the hub quotes them (design.md 1, 7).</summary>
public sealed class SecretTests : IAsyncDisposable
{
    private const string Token = "tok+en/91<bd>==";
    private const string Quoted = "say \"hi\" \\ to ünïcode";

    private static readonly JsonSerializerOptions FewEscapes = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Hub _hub = new(Hub.Short with { MaxThrottleRetries = 2, NotFoundGrace = TimeSpan.Zero });
    private readonly TaskRequest _request = Hub.Request("{}", Hub.Header("Authorization", "Bearer " + Token), Hub.Header("X-Quoted", Quoted));

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    public static TheoryData<int> Statuses { get; } = new(200, 201, 302, 400, 401, 402, 403, 404, 407, 409, 422, 429, 500, 502, 503);

    /// <summary>Ways in which a hub may quote what it was sent.</summary>
    public static TheoryData<string> Quotations { get; } = new(
        $"bad key {Hub.Key}, bad headers Bearer {Token} and {Quoted}",
        $"key={Hub.Key}&token={Token}&quoted={Quoted}",
        $"<html><head><title>{Hub.Key} {Token} {Quoted}</title></head></html>",
        JsonSerializer.Serialize(new { message = $"no: {Hub.Key} {Token} {Quoted}" }),
        JsonSerializer.Serialize(new { error = new { message = new[] { Hub.Key, "Bearer " + Token, Quoted } } }),
        JsonSerializer.Serialize(Request));

    /// <summary>JSON that is no message is shown raw, with the escapes of whatever wrote it.</summary>
    public static TheoryData<string> QuotationsInJson { get; } = new(
        JsonSerializer.Serialize(Request, FewEscapes),
        JsonSerializer.Serialize(Request, FewEscapes).Replace("/", "\\/"),
        JsonSerializer.Serialize(Request).Replace("\\u002B", "\\u002b"));

    private static object Request => new { received = new { key = Hub.Key, headers = new[] { "Bearer " + Token, Quoted } } };

    [Theory]
    [MemberData(nameof(Statuses))]
    public async Task No_answer_to_a_submission_makes_a_secret_show(int status)
    {
        foreach (string body in Quotations.Select(row => row.Data))
        {
            _hub.OnExecute(CannedResponse.Json(body, status, "Location: http://elsewhere/" + Hub.Key));

            AssertSilent(await _hub.FailAsync(request: _request));
        }
    }

    [Theory]
    [MemberData(nameof(QuotationsInJson))]
    public async Task No_way_to_escape_JSON_makes_a_secret_show(string body)
    {
        _hub.OnExecute(CannedResponse.Json(body, 400));

        AssertSilent(await _hub.FailAsync(request: _request));
    }

    [Theory]
    [MemberData(nameof(Statuses))]
    public async Task No_answer_to_a_status_call_makes_the_key_show(int status)
    {
        _hub.OnExecute(CannedResponse.Accepted());
        foreach (string body in Quotations.Select(row => row.Data))
        {
            _hub.OnStatus(CannedResponse.Json(body, status, "Retry-After: 0"));

            AssertSilent(await _hub.FailAsync(timeout: TimeSpan.FromMilliseconds(20)), secrets: Hub.Key);
        }
    }

    [Theory]
    [MemberData(nameof(Statuses))]
    public async Task No_answer_to_a_status_call_makes_a_header_show(int status)
    {
        _hub.OnExecute(CannedResponse.Accepted());
        foreach (string body in Quotations.Select(row => row.Data))
        {
            _hub.OnStatus(CannedResponse.Json(body, status, "Retry-After: 0"));

            AssertSilent(await _hub.FailAsync(request: _request, timeout: TimeSpan.FromMilliseconds(20)));
        }
    }

    [Fact]
    public async Task No_broken_connection_makes_a_secret_show()
    {
        foreach (CannedResponse step in new[] { CannedResponse.Reset, CannedResponse.Close, CannedResponse.Success() with { MissingBytes = 1 } })
        {
            _hub.OnExecute(step);

            AssertSilent(await _hub.FailAsync(request: _request));
        }
    }

    [Fact]
    public async Task No_retry_makes_a_secret_show()
    {
        await using Hub closed = new(open: false);

        AssertSilent(await closed.FailAsync(request: _request), closed);
        Assert.NotEmpty(closed.Log.VerboseLines);
    }

    [Fact]
    public async Task A_secret_that_starts_another_does_not_uncover_the_rest_of_it()
    {
        TaskRequest request = Hub.Request("{}", Hub.Header("X-Short", "abc-123"), Hub.Header("X-Long", "abc-123-rest-of-it"));
        _hub.OnExecute(CannedResponse.Json("bad value abc-123-rest-of-it", 400));

        HubException e = await _hub.FailAsync(request: request);

        AssertSilent(e, secrets: "rest-of-it");
    }

    [Fact]
    public async Task What_is_not_secret_in_an_answer_still_shows()
    {
        _hub.OnExecute(CannedResponse.Json($"the key {Hub.Key} is not granted for petstore", 403));

        HubException e = await _hub.FailAsync(request: _request);

        Assert.Equal("the key (secret) is not granted for petstore", e.HubMessage);
    }

    [Theory]
    [InlineData("a line break at the end\n")]
    [InlineData("a header\r\nof: its own")]
    [InlineData("a dash – of another kind")]
    public async Task A_key_that_cannot_be_a_header_is_not_sent(string key)
    {
        _hub.OnExecute(CannedResponse.Success());
        TaskRunner runner = new(_hub.Client, new SecretText(key), maxHeld: 1, _hub.Log);

        HubException e = await Assert.ThrowsAsync<HubException>(
            () => runner.RunAsync(_request, SubmitMode.Async, Hub.Deadline, _hub.Told, CancellationToken.None, CancellationToken.None));

        Assert.NotEqual(HubErrorCode.OutcomeUnknown, e.Code);
        AssertSilent(e, secrets: key);
        Assert.Empty(_hub.Server.Requests);
    }

    [Fact]
    public void Nothing_that_prints_a_secret_text_prints_the_text()
    {
        SecretText secret = new(Token);

        Assert.Equal(Token, secret.Reveal());
        Assert.Equal("(secret)", $"{secret}");
        Assert.Equal("{}", JsonSerializer.Serialize(secret));
        Assert.DoesNotContain(Token, Hub.Header("Authorization", Token).ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Token, JsonSerializer.Serialize(Hub.Header("Authorization", Token), FewEscapes), StringComparison.Ordinal);
    }

    /// <summary>No secret is in the whole chain of exceptions, in the log, or in what a journal would keep.</summary>
    private void AssertSilent(HubException e, Hub? of = null, params string[] secrets)
    {
        Hub hub = of ?? _hub;
        string[] shown = [e.ToString(), e.HubMessage ?? "", .. hub.Log.Warnings, .. hub.Log.VerboseLines, .. hub.Told.Reasons];
        foreach (string secret in (secrets is [] ? [Hub.Key, Token, Quoted] : secrets).SelectMany(Spellings))
        {
            Assert.All(shown, text => Assert.DoesNotContain(secret, text, StringComparison.OrdinalIgnoreCase));
        }
    }

    private static string[] Spellings(string secret) =>
    [
        secret,
        JsonEncodedText.Encode(secret).ToString(),
        JsonEncodedText.Encode(secret, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString(),
        secret.Replace("/", "\\/"),
    ];
}
