namespace Truebit.Manifest.Tests;

/// <summary>Rows to start from: their own cells keep to the manifest, and their columns get along with each other.</summary>
public sealed class TemplateTests
{
    [Theory]
    [InlineData("""{"type":"string","pattern":"^AC[0-9a-fA-F]{32}$"}""", "x=AC00000000000000000000000000000000")]
    [InlineData("""{"type":"string","pattern":"^[a-z]+$","minLength":5}""", "x=aaaaa")]
    [InlineData("""{"type":"string","pattern":"^(?:v|w)\\d{2,}(-[^-]*)?$"}""", "x=v00")]
    [InlineData("""{"type":["string","integer"]}""", "x:string=text")]
    [InlineData("""{"oneOf":[{"type":"number"},{"type":"string"}]}""", "x:number=1")]
    [InlineData("""{"type":["null","boolean"]}""", "x:boolean=true")]
    [InlineData("{}", "x:string=text")]
    [InlineData("""{"const":null}""", "x:json=null")]
    [InlineData("""{"type":"string","format":"date","example":"soon"}""", "x=2077-08-24")]
    [InlineData("""{"type":"string","example":"2027-02","maxLength":7}""", "x=2027-02")]
    [InlineData("""{"type":"integer","example":"12"}""", "x:integer=1")]
    [InlineData("""{"type":"integer","minimum":9223372036854775808}""", "x:integer=9223372036854775808")]
    [InlineData("""{"type":"integer","example":9223372036854775808}""", "x:integer=9223372036854775808")]
    [InlineData("""{"type":"number","exclusiveMinimum":0,"exclusiveMaximum":1}""", "x:number=0.5")]
    [InlineData("""{"type":"integer","multipleOf":7,"minimum":20}""", "x:integer=21")]
    [InlineData("""{"type":"string","enum":["","a"]}""", "x=a")]
    [InlineData("""{"type":"array","items":{"type":"integer"},"minItems":2,"uniqueItems":true}""", "x:json=[1,0]")]
    [InlineData("""{"prefixItems":[{"type":"boolean"},{"const":3}],"minItems":2}""", "x:json=[true,3]")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"string"},"A":{"type":"string"}}}""", """x:json={"a":"text","A":"text"}""")]
    [InlineData("""{"type":"object","properties":{"a.b":{"type":"string"}}}""", """x:json={"a.b":"text"}""")]
    [InlineData("""{"type":"object","properties":{"a[]":{"type":"string"}}}""", """x:json={"a[]":"text"}""")]
    [InlineData("""{"type":"object","required":["n"],"properties":{"n":{"type":"null"}}}""", "x.n:json=null")]
    [InlineData("""{"oneOf":[{"type":"object","required":["k"],"properties":{"k":{"not":{}}}},{"type":"object","required":["m"],"properties":{"m":{"type":"boolean"}}}]}""", "x.m:boolean=true")]
    public void A_cell_keeps_to_its_schema(string schema, string cell)
    {
        TaskManifest manifest = Manifests.OfBody($$$"""{"type":"object","required":["x"],"properties":{"x":{{{schema}}}}}""", version: "3.1.0");

        Assert.Equal(["Method=POST", "Path=/p", $"body.{cell}"], manifest.Row());
    }

    [Theory]
    [InlineData("""{"allOf":[{"properties":{"a":{"type":"boolean","readOnly":true},"b":{"type":"boolean"}}},{"required":["a"]}]}""", "body.a:boolean=true", "body.b:boolean=true")]
    [InlineData("""{"allOf":[{"properties":{"a":{"type":"boolean","readOnly":true}}},{"required":["a"],"properties":{"a":{"type":"boolean"}}}]}""", "body.a:boolean=true")]
    [InlineData("""{"required":["a"],"properties":{"a":{"type":"boolean","readOnly":true},"b":{"type":"boolean"}}}""", "body.b:boolean=true")]
    public void A_read_only_property_is_there_only_where_it_is_asked_for(string schema, params string[] columns) =>
        Assert.Equal(["Method=POST", "Path=/p", .. columns], Manifests.OfBody(schema).Row());

    [Theory]
    [InlineData("""{"type":"object"}""", "body:json={}")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"string","readOnly":true}}}""", "body:json={}")]
    [InlineData("""{"type":"object","required":["a"],"properties":{"a":{"type":"object","properties":{"b":{"type":"string","readOnly":true}}}}}""", "body.a:json={}")]
    [InlineData("""{"type":"object","required":["a"],"properties":{"a":{"type":"object","properties":{"b":{"type":"string","enum":[""]}}}}}""", """body.a:json={"b":""}""")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"object","properties":{"b":{"type":"string","enum":[""]}}}}}""", """body.a:json={"b":""}""")]
    [InlineData("""{"type":"integer"}""", "body:integer=1")]
    public void A_required_body_is_there(string schema, string column) =>
        Assert.Equal(["Method=POST", "Path=/p", column], Manifests.OfBody(schema).Row());

    [Fact]
    public void A_path_and_a_query_parameter_of_one_name_have_a_placeholder_each()
    {
        TaskManifest manifest = Manifests.OfParameters(
            "/p/{id}", """[{"name":"id","in":"path","required":true,"schema":{"type":"integer"}},{"name":"id","in":"query","required":true,"schema":{"type":"boolean"}},{"name":"a.b[c]","in":"query","required":true,"schema":{"type":"string"}}]""");

        Assert.Equal(
            ["Method=GET", "Path=/p/{id}?id={id-query}&a.b%5Bc%5D={a-b-c-}", "params.id:integer=1", "params.id-query:boolean=true", "params.a-b-c-=text"], manifest.Row());
        Assert.Empty(manifest.Get("/p/{id}?id={id-query}&a.b%5Bc%5D={a-b-c-}", """{"id":1,"id-query":true,"a-b-c-":"text"}"""));
    }

    [Fact]
    public void Columns_of_several_operations_get_along()
    {
        TaskManifest manifest = Manifests.OfPaths($$"""
            {
              "/a": { "post": { "requestBody": { "content": { "application/json": { "schema": {{Object("\"owner\":{\"type\":\"object\",\"properties\":{\"name\":{\"type\":\"string\"}}},\"n\":{\"type\":\"integer\"},\"v\":{}")}} } } } } },
              "/b": { "post": { "requestBody": { "content": { "application/json": { "schema": {{Object("\"owner\":{\"type\":\"array\",\"items\":{}},\"n\":{\"type\":\"string\"}")}} } } } } }
            }
            """);

        IReadOnlyList<IReadOnlyList<KeyValuePair<string, string>>> rows = TaskManifest.ExampleRows(manifest.Operations, leftOut: null);

        Assert.Equal(["Method", "Path", "body.owner:json", "body.n", "body.v:string"], rows[0].Select(static cell => cell.Key));
        Assert.Equal(["Method", "Path", "body.owner:json", "body.n"], rows[1].Select(static cell => cell.Key));

        static string Object(string properties) => $$"""{"type":"object","properties":{ {{properties}} } }""";
    }

    [Fact]
    public void Columns_that_differ_in_capitals_become_JSON_and_placeholders_are_spelled_alike()
    {
        TaskManifest manifest = Manifests.OfPaths("""
            {
              "/a/{id}": { "post": { "requestBody": { "content": { "application/json": { "schema": { "type": "object", "properties": { "userId": { "type": "integer" } } } } } } } },
              "/b/{ID}": { "post": { "requestBody": { "content": { "application/json": { "schema": { "type": "object", "properties": { "userid": { "type": "integer" } } } } } } } }
            }
            """);

        IReadOnlyList<IReadOnlyList<KeyValuePair<string, string>>> rows = TaskManifest.ExampleRows(manifest.Operations, leftOut: null);

        Assert.All(rows, static row => Assert.Equal(["Method", "Path", "params.id:string", "body:json"], row.Select(static cell => cell.Key)));
        Assert.Equal("/b/{id}", rows[1][1].Value);
    }

    [Fact]
    public void An_operation_that_cannot_be_followed_is_left_out_with_its_reason()
    {
        TaskManifest manifest = Manifests.OfPaths("""{"/bad":{"get":{"parameters":[{"$ref":"#/nowhere"}]}},"/good":{"get":{}}}""");
        List<string> leftOut = [];

        Assert.Single(TaskManifest.ExampleRows(manifest.Operations, leftOut.Add));

        Assert.Contains("GET /bad", Assert.Single(leftOut));
        Assert.Throws<ManifestException>(() => TaskManifest.ExampleRows(manifest.Operations, leftOut: null));
    }

    [Fact]
    public void A_body_with_more_than_a_thousand_columns_is_one_of_JSON()
    {
        string properties = string.Join(",", Enumerable.Range(0, 1001).Select(static number => $$"""  "p{{number}}": { "type": "boolean" } """));

        string[] row = Manifests.OfBody($$"""{"type":"object","properties":{ {{properties}} } }""").Row();

        Assert.StartsWith("body:json={\"p0\":true,", Assert.Single(row, static cell => cell.StartsWith("body", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_field_of_several_types_that_could_be_read_two_ways_is_JSON_in_all_rows()
    {
        TaskManifest manifest = Manifests.OfPaths("""
            {
              "/a": { "post": { "requestBody": { "content": { "application/json": { "schema": { "type": "array", "items": { "type": "integer" } } } } } } },
              "/b": { "post": { "requestBody": { "content": { "application/json": { "schema": { "oneOf": [{ "type": "string", "example": "[1]" }, { "type": "array" }] } } } } } }
            }
            """);

        IReadOnlyList<IReadOnlyList<KeyValuePair<string, string>>> rows = TaskManifest.ExampleRows(manifest.Operations, leftOut: null);

        Assert.Equal(["body:json=[1]", "body:json=\"[1]\""], rows.Select(static row => $"{row[2].Key}={row[2].Value}"));
    }
}
