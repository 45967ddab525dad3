using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Truebit.Client.Tests.Support;
using Truebit.TestHub;

namespace Truebit.Client.Tests;

/// <summary>Text from outside gets into messages and journals through one gate, which no spelling of a secret passes.</summary>
public sealed class TextGateTests
{
    private const string Key = "0c7f0f2e-key-91bd-5d1e7a3c2b4f";
    private const string Odd = "abc<def>/+\"\\ü%41 secret-9";
    private const string Pair = "anne:p4ss<word>7781";

    private static readonly TextGate Gate = new(Key, "Bearer " + Odd, "Basic " + Base64(Pair));

    public static TheoryData<string, string> Spellings { get; } = new()
    {
        { "as it is", Key },
        { "in capitals", Key.ToUpperInvariant() },
        { "in an address", Uri.EscapeDataString(Odd) },
        { "in an address, in lower case", Uri.EscapeDataString(Odd).ToLowerInvariant() },
        { "each character escaped for an address", string.Concat(Key.Select(static c => $"%{(int)c:x2}")) },
        { "twice in an address", Uri.EscapeDataString(Uri.EscapeDataString(Odd)) },
        { "in Base64", Base64(Key) },
        { "in Base64, after one character", Base64("x" + Key) },
        { "in Base64, after two", Base64("xy" + Key + "z") },
        { "in Base64 for addresses", Base64(Odd).Replace('+', '-').Replace('/', '_') },
        { "in Base64 in lines", string.Join("\r\n", Base64(Key).Chunk(10).Select(static line => new string(line))) },
        { "in HTML", WebUtility.HtmlEncode(Odd) },
        { "in HTML, by numbers", string.Concat(Key.Select(static c => $"&#x{(int)c:X};")) },
        { "in JSON, as .NET writes it", JsonEncodedText.Encode(Odd).ToString() },
        { "in JSON, as Go writes it", Odd.Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("<", "\\u003c").Replace(">", "\\u003e") },
        { "in JSON, all by numbers", ByNumbers(Odd) },
        { "in JSON in JSON", JsonEncodedText.Encode(JsonEncodedText.Encode(Odd).ToString()).ToString() },
        { "as Python writes bytes", Key.Replace("-", "\\x2d") },
        { "with blanks", string.Join(' ', Key.Chunk(4).Select(static part => new string(part))) },
        { "with characters of width zero", string.Join('\u200B', Key.ToCharArray()) },
        { "with control characters", string.Join('\u0007', Key.ToCharArray()) },
        { "the credentials of Basic", Pair },
        { "the password of Basic", "p4ss<word>7781" },
        { "the password of Basic, in Base64", Base64("p4ss<word>7781") },
    };

    public static TheoryData<string, string> Untold { get; } = new()
    {
        { "The proxy 'http://puser:S3cretProxyPw@127.0.0.1:18090/' failed", "The proxy 'http://(secret)@127.0.0.1:18090/' failed" },
        { "see https://docs.test/a?mail=b@c.test", "see https://docs.test/a?mail=b@c.test" },
        { "the header Authorization: Bearer tok-9f8e7d6c was refused", "the header Authorization: Bearer (secret) was refused" },
        { "Basic authentication is wanted", "Basic authentication is wanted" },
    };

    [Theory]
    [MemberData(nameof(Spellings))]
    public void A_secret_is_hidden_in_text_however_it_is_written(string how, string spelling)
    {
        Assert.True(Gate.Line($"before {spelling} after") == "before (secret) after" || IsInnerPart(how, Gate.Line($"before {spelling} after")), Gate.Line($"before {spelling} after"));
    }

    [Theory]
    [MemberData(nameof(Spellings))]
    public void A_secret_is_hidden_in_JSON_however_it_is_written(string how, string spelling)
    {
        foreach (JavaScriptEncoder encoder in new[] { JavaScriptEncoder.Default, JavaScriptEncoder.UnsafeRelaxedJsonEscaping })
        {
            string json = JsonSerializer.Serialize(new { a = new[] { $"before {spelling} after" }, b = 1.10 }, new JsonSerializerOptions { Encoder = encoder });

            using JsonDocument hidden = JsonDocument.Parse(Gate.HideInJson(json));

            string text = hidden.RootElement.GetProperty("a")[0].GetString()!;
            Assert.True(text == "before (secret) after" || IsInnerPart(how, text), text);
            Assert.Equal("1.1", hidden.RootElement.GetProperty("b").GetRawText());
            Assert.True(Gate.IsIn(json));
        }
    }

    [Fact]
    public void JSON_that_is_escaped_in_another_way_than_ours_is_hidden_and_the_rest_stays_letter_for_letter()
    {
        string json = $$"""{ "a" : "x{{ByNumbers(Odd)}}y", "b":[1.10, "\u003c \/"], "{{ByNumbers(Key)}}":null }""";

        Assert.Equal("""{ "a" : "x(secret)y", "b":[1.10, "\u003c \/"], "(secret)":null }""", Gate.HideInJson(json));
    }

    [Fact]
    public void Names_that_the_module_reads_stay_and_so_do_short_words_in_names()
    {
        TextGate gate = new("clearTextSolution", "status", "MySecretWord");

        Assert.Equal(
            """{"clearTextSolution":{"output":"(secret)","(secret)":1,"my_status":2},"status":"Success"}""",
            gate.HideInJson("""{"clearTextSolution":{"output":"status","MySecretWord":1,"my_status":2},"status":"Success"}"""));
    }

    [Theory]
    [InlineData("\uFEFF{\"a\":\"KEY\"}", "\uFEFF{\"a\":\"(secret)\"}")]
    [InlineData("{\"a\":\"KEY \\ud800\"}", "{\"a\":\"(secret) \\ud800\"}")]
    [InlineData("{\"a\":KEY", "{\"a\":(secret)")]
    [InlineData("{\"a\":12345678}", "{\"a\":\"(secret)\"}")]
    public void No_form_of_an_answer_makes_hiding_fail(string json, string expected) =>
        Assert.Equal(expected, Gate.With(["12345678"]).HideInJson(json.Replace("KEY", Key)));

    [Fact]
    public void What_has_no_secret_stays_the_same_text()
    {
        const string Json = """{ "a":"\u003cb\u003e &amp; 100% \\ path" }""";

        Assert.Same(Json, Gate.HideInJson(Json));
        Assert.False(Gate.IsIn(Json));
    }

    [Theory]
    [MemberData(nameof(Untold))]
    public void Credentials_that_nobody_has_told_of_are_hidden_in_a_line(string text, string expected) => Assert.Equal(expected, TextGate.Plain.Line(text));

    [Fact]
    public void A_line_has_no_control_characters_and_at_most_300_others()
    {
        Assert.Equal("a [31mb c d e", TextGate.Plain.Line("a\u001b[31mb\u0085c\u202Ed\r\n\te\u0007"));
        Assert.Equal(new string('x', 300) + "...", TextGate.Plain.Line(new string('x', 100_000)));
        Assert.Equal("a (secret)", Gate.Line(new string(' ', 20_000) + "a" + new string('\n', 20_000) + Key));
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nyour key was KEY\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nKEY{x: y\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nKEY\r\n\r\n")]
    [InlineData("\u001b[31mKEY\u0007")]
    public async Task What_the_library_quotes_of_an_answer_is_hidden(string answer)
    {
        await using Hub hub = new();
        hub.OnExecute(CannedResponse.Raw(Encoding.Latin1.GetBytes(answer.Replace("KEY", Hub.Key))));

        HubException e = await hub.FailAsync();

        Assert.Equal(HubErrorCode.OutcomeUnknown, e.Code);
        Assert.DoesNotContain(Hub.Key, e.ToString());
        Assert.DoesNotContain(e.Message, char.IsControl);
        Assert.All(hub.Told.Reasons, reason => Assert.DoesNotContain(Hub.Key, reason));
    }

    [Theory]
    [InlineData("p%40ss w\u00f6rd-Pw")]
    [InlineData("S3cretProxyPw")]
    public async Task The_password_of_a_proxy_is_hidden(string password)
    {
        await using HubServer proxy = new(static _ => CannedResponse.Message("who are you?", 407));
        using HubClient client = new(new Uri("https://hub.invalid/"), Hub.Short with { Tries = 2 });
        RecordingLog log = new();
        RecordingObserver told = new();
        IWebProxy before = HttpClient.DefaultProxy;
        HttpClient.DefaultProxy = new NamedProxy(new Uri($"http://puser:{password}@{proxy.Endpoint.Authority}/"));
        try
        {
            HubException e = await Assert.ThrowsAsync<HubException>(() => new TaskRunner(client, new SecretText(Key), 1, log).RunAsync(
                Hub.Request(), SubmitMode.Async, Hub.Deadline, told, CancellationToken.None, CancellationToken.None));

            Assert.Equal(HubErrorCode.HubUnreachable, e.Code);
            Assert.Contains("407", e.Message);
            Assert.Contains(proxy.Requests, static request => request.Method == "CONNECT");
            Assert.All([e.ToString(), .. told.Reasons, .. log.VerboseLines], text => Assert.DoesNotMatch("puser|ProxyPw|rd-Pw", text));
            Assert.NotEmpty(log.VerboseLines);
        }
        finally
        {
            HttpClient.DefaultProxy = before;
        }
    }

    [Theory]
    [InlineData("close")]
    [InlineData("reset")]
    [InlineData("half an answer")]
    public async Task Behind_a_proxy_that_breaks_off_nothing_was_sent(string how)
    {
        CannedResponse answer = how switch
        {
            "close" => CannedResponse.Close,
            "reset" => CannedResponse.Reset,
            _ => CannedResponse.Raw("HTTP/1.1 200 Conn"u8.ToArray()),
        };
        await using HubServer proxy = new(_ => answer);
        using HubClient client = new(new Uri("https://hub.invalid/"), Hub.Short with { Tries = 2 });
        RecordingObserver told = new();
        IWebProxy before = HttpClient.DefaultProxy;
        HttpClient.DefaultProxy = new NamedProxy(proxy.Endpoint);
        try
        {
            HubException e = await Assert.ThrowsAsync<HubException>(() => new TaskRunner(client, new SecretText(Key), 1, new RecordingLog()).RunAsync(
                Hub.Request(), SubmitMode.Async, Hub.Deadline, told, CancellationToken.None, CancellationToken.None));

            Assert.Equal(HubErrorCode.HubUnreachable, e.Code);
            Assert.Equal(["sending", "refused", "sending", "refused"], told.Steps);
            Assert.All(proxy.Requests, static request => Assert.Equal("CONNECT", request.Method));
        }
        finally
        {
            HttpClient.DefaultProxy = before;
        }
    }

    [Fact]
    public async Task An_execution_id_that_quotes_the_key_is_not_kept()
    {
        await using Hub hub = new();
        hub.OnExecute(CannedResponse.Accepted($"id-{Hub.Key.ToUpperInvariant()}"));

        HubException e = await hub.FailAsync();

        Assert.Equal((HubErrorCode.OutcomeUnknown, null), (e.Code, e.ExecutionId));
        Assert.DoesNotContain(Hub.Key, e.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Empty(hub.Told.Executions);
    }

    [Fact]
    public async Task The_host_of_a_redirect_is_hidden()
    {
        await using Hub hub = new();
        hub.OnExecute(CannedResponse.Empty(302, $"Location: https://{Hub.Key}.evil.test/"));

        HubException e = await hub.FailAsync();

        Assert.DoesNotContain(Hub.Key, e.Message);
        Assert.Contains("(secret).evil.test", e.Message);
    }

    private sealed class NamedProxy(Uri address) : IWebProxy
    {
        public ICredentials? Credentials { get; set; }

        public Uri GetProxy(Uri destination) => address;

        public bool IsBypassed(Uri host) => host.IsLoopback;
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static string ByNumbers(string text) => string.Concat(text.Select(static c => $"\\u{(int)c:x4}"));

    /// <summary>Digits of Base64 that belong to the characters around a secret, too, are left.</summary>
    private static bool IsInnerPart(string how, string text) => how.Contains("in Base64")
        && text.StartsWith("before ", StringComparison.Ordinal) && text.EndsWith(" after", StringComparison.Ordinal) && text.Contains("(secret)") && text.Length < 40;
}
