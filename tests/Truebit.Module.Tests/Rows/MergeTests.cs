using Truebit.Module.Tests.Hosting;
using Truebit.TestHub;

namespace Truebit.Module.Tests.Rows;

public sealed class MergeTests(Wire wire) : IClassFixture<Wire>
{
    [Fact]
    public void The_command_line_wins_over_columns()
    {
        HubRequest call = wire
            .Row(
                ("Namespace", "row"),
                ("TaskName", "row"),
                ("Label", "row"),
                ("Version", "1"),
                ("Path", "/row"),
                ("Method", "GET"),
                ("Params", new { row = 1 }),
                ("Body", new { row = 1 }),
                ("Headers", new { row = 1 }),
                ("Async", "true"),
                ("ExecutionTimeout", "1111"))
            .Send(
                """
                $row | Invoke-TruebitTask -Namespace line -TaskName line -Label line -Version 2 -Path '/line/{line}' -Method PUT -Params @{ line = 1 } `
                    -Body @{ line = 1 } -Headers @{ line = 1 } -Sync -ExecutionTimeout 2222
                """);

        Assert.Equal(
            """{"namespace":"line","taskName":"line","label":"line","version":2,"async":false,"executionTimeout":2222,"input":{"path":"/line/{line}","method":"PUT","params":{"line":1},"body":{"line":1},"headers":{"line":"1"}}}""",
            call.Body);
    }

    [Fact]
    public void A_raw_input_on_the_command_line_wins_over_the_rows()
    {
        HubRequest call = wire.Send("@{ namespace = 'n'; taskName = 't'; input = @{ row = 1 } } | Invoke-TruebitTask -InputObject @{ line = 1 }");

        Assert.Equal("""{"line":1}""", call.Json.GetProperty("input").GetRawText());
    }

    [Fact]
    public void Dotted_columns_join_what_is_given_as_a_whole()
    {
        HubRequest call = wire.Row(("Path", "/{a}/{b}"), ("params.b", "2"), ("body.b:integer", "2"), ("body.c.d", "3"), ("headers.B", "2")).Send(
            "$row | Invoke-TruebitTask -Params @{ a = 1 } -Body ([pscustomobject]@{ a = 1 }) -Headers @{ A = 1 }");

        Assert.Equal("""{"a":1,"b":"2"}""", call.Raw("params"));
        Assert.Equal("""{"a":1,"b":2,"c":{"d":"3"}}""", call.Raw("body"));
        Assert.Equal("""{"A":"1","B":"2"}""", call.Raw("headers"));
    }

    [Fact]
    public void Dotted_columns_join_the_column_of_the_whole()
    {
        HubRequest call = wire.Row(("Path", "/{p}/{q}"), ("Body:json", """{"a":1.10}"""), ("body.b", "2"), ("Params:json", """{"p":1}"""), ("params.q", "2"), ("headers:json", """{"A":"1"}"""), ("headers.B", "2"))
            .Send("$row | Invoke-TruebitTask");

        Assert.Equal("""{"p":1,"q":"2"}""", call.Raw("params"));
        Assert.Equal("""{"a":1.10,"b":"2"}""", call.Raw("body"));
        Assert.Equal("""{"A":"1","B":"2"}""", call.Raw("headers"));
    }

    [Theory]
    [InlineData("-Params @{ x = 1 }", "params.x", "params.x: the field is given twice: in params and in a column.")]
    [InlineData("-Body @{ x = 1 }", "body.x", "body.x: the field is given twice: in body and in a column.")]
    [InlineData("-Body @{ x = 1 }", "body.x.y", "body.x: the field is given twice: in body and in a column.")]
    [InlineData("-Headers @{ x = 1 }", "headers.X", "Headers: 'X' is given twice.")]
    [InlineData("-Body text", "body.x", "body: text is not an object; for JSON text, name the column 'body:json'.")]
    [InlineData("-Body 7", "body.x", "body: the value must be an object: a hashtable, a custom object or JSON.")]
    [InlineData("-Params 7", "body.x", "params: the value must be an object: a hashtable, a custom object or JSON.")]
    public void A_field_that_is_given_twice_is_an_error(string parameter, string column, string message) =>
        Assert.Equal(("InvalidInput", "Row 1: " + message), wire.Row((column, "1")).Refuse($"$row | Invoke-TruebitTask {parameter}"));

    [Theory]
    [InlineData("path", "'/a'", "Path")]
    [InlineData("method", "'GET'", "Method")]
    [InlineData("params", "@{ a = 1 }", "params.b")]
    [InlineData("body", "@{ a = 1 }", "body.b")]
    public void A_field_that_the_raw_input_has_too_is_an_error(string member, string value, string column) =>
        Assert.Equal(
            ("InvalidInput", $"Row 1: {member}: the member is given twice: in -InputObject and by its own parameter or column."),
            wire.Refuse($"[pscustomobject]@{{ namespace = 'n'; taskName = 't'; input = @{{ {member} = {value} }}; '{column}' = 'x' }} | Invoke-TruebitTask"));

    [Fact]
    public void Columns_join_a_raw_input()
    {
        HubRequest call = wire.Send("[pscustomobject]@{ namespace = 'n'; taskName = 't'; input = [ordered]@{ path = '/{id}'; method = 'GET' }; 'params.id' = 'x' } | Invoke-TruebitTask");

        Assert.Equal("""{"path":"/{id}","method":"GET","params":{"id":"x"}}""", call.Json.GetProperty("input").GetRawText());
    }

    [Fact]
    public void A_body_may_be_any_json()
    {
        Assert.Equal("\"text\"", wire.Send($"Invoke-TruebitTask {Wire.Task} -Path /p -Method POST -Body text").Raw("body"));
        Assert.Equal("7", wire.Send($"Invoke-TruebitTask {Wire.Task} -Path /p -Method POST -Body 7").Raw("body"));
        Assert.Equal("[1]", wire.Send($"Invoke-TruebitTask {Wire.Task} -Path /p -Method POST -Body @(1)").Raw("body"));
        Assert.Equal("[]", wire.Send($"Invoke-TruebitTask {Wire.Task} -Path /p -Method POST -Body @()").Raw("body"));
        Assert.Equal("false", wire.Send($"Invoke-TruebitTask {Wire.Task} -Path /p -Method POST -Body $false").Raw("body"));
    }

    [Fact]
    public void A_header_set_on_the_command_line_joins_the_columns()
    {
        HubRequest call = wire.Row(("headers.X-Request-ID", "r1")).Send(
            "$set = New-TruebitHeaderSet -BearerToken b0 -Accept text/plain; $row | Invoke-TruebitTask -Headers $set");

        Assert.Equal("""{"Authorization":"Bearer b0","Accept":"text/plain","X-Request-ID":"r1"}""", call.Raw("headers"));
    }

    [Fact]
    public void A_header_set_in_a_column_is_read()
    {
        HubRequest call = wire.Send("@{ namespace = 'n'; taskName = 't'; path = '/p'; method = 'GET'; headers = New-TruebitHeaderSet -Accept a/b } | Invoke-TruebitTask");

        Assert.Equal("""{"Accept":"a/b"}""", call.Raw("headers"));
    }
}
