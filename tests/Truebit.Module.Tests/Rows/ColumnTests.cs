using System.Management.Automation;
using Truebit.Module.Tests.Hosting;
using Truebit.TestHub;

namespace Truebit.Module.Tests.Rows;

public sealed class ColumnTests(Wire wire) : IClassFixture<Wire>
{
    [Theory]
    [InlineData("body.a", "7", "\"7\"")]
    [InlineData("body.a", " x ", "\" x \"")]
    [InlineData("body.a:string", "true", "\"true\"")]
    [InlineData("body.a:integer", "12345678901234567890", "12345678901234567890")]
    [InlineData("body.a:integer", "-7", "-7")]
    [InlineData("body.a:number", "1.10", "1.10")]
    [InlineData("body.a:number", "-1.50e-7", "-1.50e-7")]
    [InlineData("body.a:number", "100000000000000000000000000000000.000000000000000000001", "100000000000000000000000000000000.000000000000000000001")]
    [InlineData("body.a:boolean", "TRUE", "true")]
    [InlineData("body.a:boolean", "False", "false")]
    [InlineData("body.a:json", "[1.10, {\"x\": null}]", "[1.10,{\"x\":null}]")]
    [InlineData("body.a:json", "null", "null")]
    [InlineData("body.a:JSON", "\"t\"", "\"t\"")]
    [InlineData("BODY.a:Integer", "1", "1")]
    public void A_cell_is_what_its_column_says_digit_for_digit(string column, string cell, string json) =>
        Assert.Equal($$"""{"a":{{json}}}""", wire.Row((column, cell)).Send("$row | Invoke-TruebitTask").Raw("body"));

    [Theory]
    [InlineData("body.a", 7, "7")]
    [InlineData("body.a", 1.5, "1.5")]
    [InlineData("body.a", true, "true")]
    [InlineData("body.a:integer", 7, "7")]
    [InlineData("body.a:number", 1.5, "1.5")]
    [InlineData("body.a:boolean", false, "false")]
    [InlineData("body.a:string", 7, "\"7\"")]
    [InlineData("body.a:string", true, "\"true\"")]
    public void A_value_that_is_no_text_keeps_its_type(string column, object cell, string json) =>
        Assert.Equal($$"""{"a":{{json}}}""", wire.Row((column, cell)).Send("$row | Invoke-TruebitTask").Raw("body"));

    [Theory]
    [InlineData("body.quantity:integer", "seven", "body.quantity: 'seven' is not an integer.")]
    [InlineData("body.quantity:integer", "7.0", "body.quantity: '7.0' is not an integer.")]
    [InlineData("body.quantity:integer", "007", "body.quantity: '007' is not an integer.")]
    [InlineData("body.quantity:integer", "1,000", "body.quantity: '1,000' is not an integer.")]
    [InlineData("body.quantity:integer", 7.5, "body.quantity: '7.5' is not an integer.")]
    [InlineData("body.quantity:integer", true, "body.quantity: 'true' is not an integer.")]
    [InlineData("body.price:number", "1,10", "body.price: '1,10' is not a number (digits, with a point for decimals).")]
    [InlineData("body.price:number", "NaN", "body.price: 'NaN' is not a number (digits, with a point for decimals).")]
    [InlineData("body.price:number", "0x10", "body.price: '0x10' is not a number (digits, with a point for decimals).")]
    [InlineData("body.complete:boolean", "yes", "body.complete: 'yes' is not true or false.")]
    [InlineData("body.complete:boolean", 1, "body.complete: '1' is not true or false.")]
    [InlineData("body.a.b:json", "{", "body.a.b: the text is not JSON (line 1, byte 2).")]
    [InlineData("params.id:integer", "x", "params.id: 'x' is not an integer.")]
    [InlineData("Version", "latest", "Version: 'latest' is not a whole number from 0 to 4294967295; a word is a label: -Label latest.")]
    [InlineData("Version", "4294967296", "Version: '4294967296' is not a whole number from 0 to 4294967295.")]
    [InlineData("ExecutionTimeout", "1.5", "ExecutionTimeout: '1.5' is not a whole number from 0 to 4294967295.")]
    [InlineData("Async", "maybe", "Async: 'maybe' is not true or false.")]
    [InlineData("Method", "GET it", "Method: 'GET it' is not an HTTP method, such as GET or POST.")]
    [InlineData("Body:json", "{", "Body: the text is not JSON (line 1, byte 2).")]
    [InlineData("Params", "{}", "params: text is not an object; for JSON text, name the column 'params:json'.")]
    [InlineData("Headers", "a: b", "Headers: the value must be a header set of New-TruebitHeaderSet, a hashtable, a custom object or JSON (a column 'headers:json').")]
    public void A_cell_that_does_not_fit_is_an_error_that_names_row_and_field(string column, object cell, string message) =>
        Assert.Equal(("InvalidInput", "Row 1: " + message), wire.Row((column, cell)).Refuse("$row | Invoke-TruebitTask"));

    [Theory]
    [InlineData("headers.X-Count:integer", "seven", "headers.X-Count: 'seven' is not an integer.")]
    [InlineData("headers.X-Flag:boolean", "yes", "headers.X-Flag: 'yes' is not true or false.")]
    public void A_headers_cell_is_checked_as_well(string column, string cell, string message) =>
        Assert.Equal(("InvalidInput", "Row 1: " + message), wire.Row((column, cell)).Refuse("$row | Invoke-TruebitTask"));

    [Fact]
    public void A_bad_cell_stops_its_own_row_only()
    {
        wire.Csv("Path,body.n:integer", "/a,1", "/b,two", "/c,3");

        EngineRun run = wire.Engine.Run($"Import-Csv $csv | Invoke-TruebitTask {Wire.Task} -Method POST");

        Assert.Equal(2, run.Output.Count);
        Assert.Equal(("InvalidInput", "Row 2: body.n: 'two' is not an integer."), run.OnlyError);
        Assert.Equal("/b", EngineRun.Of<string>((PSObject)run.Errors[0].TargetObject, "Path"));
    }

    [Fact]
    public void A_long_cell_is_not_repeated_in_whole() =>
        Assert.EndsWith(
            $"body.n: '{new string('x', 40)}...' is not an integer.",
            wire.Row(("body.n:integer", new string('x', 5000))).Refuse("$row | Invoke-TruebitTask").Message);

    [Fact]
    public void Dotted_columns_make_nested_objects_and_arrays()
    {
        HubRequest call = wire.Row(
            ("body.customer.name", "Ann"),
            ("body.tags.1", "b"),
            ("body.tags.0", "a"),
            ("body.customer.address.zip", "0815"),
            ("body.lines.0.sku", "s1"),
            ("body.lines.0.count:integer", "2"),
            ("body.lines.1.sku", "s2"),
            ("body.odd.0", "zero"),
            ("body.odd.x", "ex")).Send("$row | Invoke-TruebitTask");

        Assert.Equal(
            """{"customer":{"name":"Ann","address":{"zip":"0815"}},"tags":["a","b"],"lines":[{"sku":"s1","count":2},{"sku":"s2"}],"odd":{"0":"zero","x":"ex"}}""",
            call.Raw("body"));
    }

    [Fact]
    public void Twelve_items_stay_in_their_order()
    {
        (string Column, object? Cell)[] columns = [.. Enumerable.Range(0, 12).Select(static n => ($"body.{n}:integer", (object?)$"{n}"))];

        Assert.Equal("[0,1,2,3,4,5,6,7,8,9,10,11]", wire.Row(columns).Send("$row | Invoke-TruebitTask").Raw("body"));
    }

    [Fact]
    public void Params_are_an_object_even_where_the_placeholders_are_numbers() =>
        Assert.Equal(
            """{"0":"a","1":"b"}""",
            wire.Row(("Path", "/{0}/{1}"), ("params.0", "a"), ("params.1", "b")).Send("$row | Invoke-TruebitTask").Raw("params"));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void An_empty_cell_leaves_its_field_out(string? empty)
    {
        HubRequest call = wire.Row(
            ("Label", empty),
            ("Version", empty),
            ("ExecutionTimeout", empty),
            ("Async", empty),
            ("body.a:integer", empty),
            ("body.b.c", empty),
            ("body.tags.0", empty),
            ("body.tags.1", "x"),
            ("headers.X", empty),
            ("params.p:json", empty)).Send("$row | Invoke-TruebitTask");

        Assert.Equal(
            """{"namespace":"n","taskName":"t","async":true,"executionTimeout":60000,"input":{"path":"/p","method":"POST","body":{"tags":["x"]}}}""",
            call.Body);
    }

    [Theory]
    [InlineData("body.a:int", "body.a:int: 'int' is not a type of columns; use string, integer, number, boolean, json.")]
    [InlineData("body.a:", "body.a:: '' is not a type of columns; use string, integer, number, boolean, json.")]
    [InlineData("Version:uint", "Version:uint: 'uint' is not a type of columns; use string, integer, number, boolean, json.")]
    [InlineData("quantity:integer", "quantity:integer: no parameter or field has this name; a column with a type must be named like a parameter, or start with params., body. or headers.")]
    [InlineData("bodi.quantity:integer", "bodi.quantity:integer: no parameter or field has this name; a column with a type must be named like a parameter, or start with params., body. or headers.")]
    [InlineData("body..a", "body..a: the column's name has an empty part.")]
    [InlineData("body.", "body.: the column's name has an empty part.")]
    public void A_column_that_cannot_be_understood_is_an_error(string column, string message)
    {
        (string id, string found) = wire.Row((column, "1")).Refuse("$row | Invoke-TruebitTask");

        Assert.Equal("InvalidInput", id);
        Assert.Equal($"{message} The columns are: {column}, Namespace, TaskName, Method, Path. Nothing was sent.", found);
    }

    [Theory]
    [InlineData("body.a", "body.a:integer")]
    [InlineData("body.a", "body.a.b")]
    [InlineData("body.a.b", "body.a")]
    [InlineData("Body", "Body:json")]
    [InlineData("Label", "label:string")]
    [InlineData("params.x", "PARAMS.x:integer")]
    public void Two_columns_for_one_field_are_an_error_that_names_both(string one, string other)
    {
        (string id, string message) = wire.Row((one, "1"), (other, "1")).Refuse("$row | Invoke-TruebitTask");

        Assert.Equal("InvalidInput", id);
        Assert.StartsWith($"{other}: the column '{(other == "body.a" ? "body.a.b" : one)}' already gives this field. The columns are: ", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_misspelt_dotted_column_is_warned_of_once()
    {
        wire.Csv("Path,bdoy.id,parms.x,plain", "/a,1,2,3", "/b,4,5,6", "/c,7,8,9");

        IReadOnlyList<HubRequest> calls = wire.SendAll($"Import-Csv $csv | Invoke-TruebitTask {Wire.Task} -Method POST");

        Assert.Equal(3, calls.Count);
        Assert.Equal(
            [
                "The column 'bdoy.id' is not used. Columns with a dot must start with params., body. or headers.",
                "The column 'parms.x' is not used. Columns with a dot must start with params., body. or headers.",
            ],
            wire.Last.Warnings);
    }

    [Fact]
    public void A_misspelt_dotted_column_is_warned_of_once_even_where_shapes_alternate()
    {
        wire.SendAll($"1..3 | ForEach-Object {{ [pscustomobject]@{{ Path = '/a'; 'bdoy.id' = 1 }}; [pscustomobject]@{{ Path = '/b' }} }} | Invoke-TruebitTask {Wire.Task} -Method POST");

        Assert.Single(wire.Last.Warnings);
    }

    [Fact]
    public void The_culture_makes_no_difference()
    {
        HubRequest call = wire.Row(("body.a:number", "1.10"), ("body.b", 1.5), ("body.c:string", 2.5m), ("headers.X", 3.5))
            .Send("[System.Threading.Thread]::CurrentThread.CurrentCulture = 'de-DE'; $row | Invoke-TruebitTask");

        Assert.Equal("""{"a":1.10,"b":1.5,"c":"2.5"}""", call.Raw("body"));
        Assert.Equal("""{"X":"3.5"}""", call.Raw("headers"));
    }
}
