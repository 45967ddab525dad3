using System.Net;

namespace Truebit.Sandbox.Tests;

public sealed class EchoTests : IDisposable
{
    private readonly SandboxCaller _caller = new();

    public void Dispose() => _caller.Dispose();

    [Fact]
    public async Task The_target_sees_path_headers_and_body()
    {
        Reply reply = await _caller.EchoAsync(
            """
            {"path":"/anything/{Id}?q={query}&on={on}","method":"PATCH","params":{"Id":2,"query":"a b&c/ä","on":true,"spare":0},
             "headers":{"Authorization":"Bearer abc","X-Request-ID":"7"},
             "body":{"big":12345678901234567890,"exact":1.10,"exp":1E+2,"text":"\u00e4<>","list":[ 1 ]}}
            """);

        Assert.Equal(
            """
            {"method":"PATCH","path":"/anything/2?q=a%20b%26c%2F%C3%A4&on=true",
            "headers":{"Authorization":"Bearer abc","X-Request-ID":"7"},
            "body":{"big":12345678901234567890,"exact":1.10,"exp":1E+2,"text":"\u00e4<>","list":[ 1 ]}}
            """.ReplaceLineEndings(""),
            reply.OutputText);
    }

    [Fact]
    public async Task A_url_is_taken_as_it_is()
    {
        Reply reply = await _caller.EchoAsync("""{"url":"https://example.org/a?b={c}","method":"GET"}""");

        Assert.Equal("""{"method":"GET","url":"https://example.org/a?b={c}"}""", reply.OutputText);
    }

    [Theory]
    [InlineData("12345678901234567890")]
    [InlineData("1.10")]
    [InlineData("\"\"")]
    [InlineData("null")]
    public async Task Any_JSON_is_a_body(string body)
    {
        Reply reply = await _caller.EchoAsync($$"""{"path":"/","method":"POST","body":{{body}}}""");

        Assert.Equal($$"""{"method":"POST","path":"/","body":{{body}}}""", reply.OutputText);
    }

    [Fact]
    public async Task A_deep_body_is_not_cut()
    {
        string deep = string.Concat(Enumerable.Repeat("[", 300)) + string.Concat(Enumerable.Repeat("]", 300));

        Reply reply = await _caller.EchoAsync($$"""{"path":"/","method":"POST","body":{{deep}}}""");

        Assert.Contains(deep, reply.Text);
    }

    [Theory]
    [InlineData("""{"path":"/{a}","method":"GET","params":{}}""", "input.params.a is missing, and the path has {a}")]
    [InlineData("""{"path":"/{a}","method":"GET","params":{"a":[1]}}""",
        "input.params.a must be a string, a number or a boolean, but it is an array")]
    [InlineData("""{"path":"/","method":"GE T"}""", "input.method must be an HTTP method, but is \"GE T\"")]
    [InlineData("""{"method":"GET"}""", "input.path is missing")]
    [InlineData("""{"path":"/","method":"GET","headers":{"X-Secret":987654}}""",
        "input.headers.X-Secret must be a string, but it is a number")]
    [InlineData("""{"path":"/","method":"GET","headers":"X-Secret: 987654"}""",
        "input.headers must be an object, but it is a string")]
    [InlineData("\"X-Secret: 987654\"", "input must be an object, but it is a string")]
    public async Task A_bad_call_is_refused_and_its_headers_are_not_quoted(string input, string message)
    {
        Reply reply = await _caller.EchoAsync(input);

        Assert.Equal((HttpStatusCode.BadRequest, message), (reply.Status, reply.Message));
    }
}
