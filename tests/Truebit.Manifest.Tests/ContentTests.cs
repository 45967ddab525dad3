using System.Text;

namespace Truebit.Manifest.Tests;

/// <summary>JSON and YAML are read as they mean it: characters, numbers, aliases.</summary>
public sealed class ContentTests
{
    private const string Head = "openapi: 3.1.0\ninfo: { title: t, version: '1' }\npaths: { /p: { post: { requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/S' } } } } } } }\n";

    [Theory]
    [InlineData(@"\ud83d\ude00", "\"\\ud83d\\ude00\"")]
    [InlineData(@"\u00e4", "\"ä\"")]
    [InlineData("😀", "\"😀\"")]
    public void JSON_may_be_written_in_ASCII(string text, string value)
    {
        TaskManifest manifest = Manifests.OfBody($$"""{"enum":["{{text}}"]}""");

        Assert.Empty(manifest.Body(value));
        Assert.Equal(["body enum"], manifest.Body("\"a\""));
    }

    [Theory]
    [InlineData("""{"description":"\ud83d"}""")]
    [InlineData("""{"description":"\uDE00\uD83D"}""")]
    [InlineData("""{"x-\ud83d":1}""")]
    public void Half_a_character_is_a_clear_error(string schema) =>
        Assert.Contains("half a character", Assert.Throws<ManifestException>(() => Manifests.OfBody(schema)).Message);

    [Fact]
    public void Half_a_character_in_a_text_is_one_as_well() =>
        Assert.Contains("half a character", Assert.Throws<ManifestException>(() => TaskManifest.Read("{\"openapi\":\"3.0.0\",\"x\":\"\ud83d\"}")).Message);

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-32")]
    public void A_byte_order_mark_says_the_encoding(string name)
    {
        Encoding encoding = Encoding.GetEncoding(name);

        TaskManifest manifest = TaskManifest.Read([.. encoding.GetPreamble(), .. encoding.GetBytes("""{"openapi":"3.0.0","paths":{"/ä":{"get":{}}}}""")]);

        Assert.Equal("GET /ä", Assert.Single(manifest.Operations).ToString());
    }

    [Fact]
    public void Other_encodings_are_an_error() =>
        Assert.Contains("UTF-8", Assert.Throws<ManifestException>(() => TaskManifest.Read(Encoding.Latin1.GetBytes("openapi: 3.0.0\ninfo: { title: ä }"))).Message);

    [Theory]
    [InlineData("9223372036854775808", "9223372036854775808", "9223372036854775807")]
    [InlineData("0.10000000000000000000001", "0.10000000000000000000001", "0.1")]
    [InlineData("007", "7", "8")]
    [InlineData("+1.50", "1.5", "1")]
    [InlineData(".5", "0.5", "5")]
    [InlineData("1e400", "1e400", "1e399")]
    [InlineData("'1'", "\"1\"", "1")]
    [InlineData("!!str 1", "\"1\"", "1")]
    [InlineData("!!int '1'", "1", "\"1\"")]
    [InlineData("1.2.3", "\"1.2.3\"", "1")]
    [InlineData("2027-02", "\"2027-02\"", "2027")]
    [InlineData("2027-02-01", "\"2027-02-01\"", "\"2027-02-01T00:00:00Z\"")]
    [InlineData("no", "\"no\"", "false")]
    [InlineData("True", "true", "\"True\"")]
    [InlineData("~", "null", "\"~\"")]
    [InlineData("", "null", "\"\"")]
    [InlineData("\"\\u00e4\"", "\"ä\"", "\"a\"")]
    public void A_value_of_YAML_is_what_the_core_schema_says(string yaml, string same, string other)
    {
        TaskManifest manifest = TaskManifest.Read($"{Head}components: {{ schemas: {{ S: {{ const: {yaml} }} }} }}");

        Assert.Empty(manifest.Body(same));
        Assert.Equal(["body const"], manifest.Body(other));
    }

    [Fact]
    public void An_integer_beyond_64_bits_can_be_met_in_an_enum()
    {
        TaskManifest manifest = Manifests.OfBody("""{"enum":[9223372036854775808]}""");

        Assert.Empty(manifest.Body("9223372036854775808"));
        Assert.Equal(["body enum"], manifest.Body("9223372036854775809"));
    }

    [Fact]
    public void An_alias_stands_for_what_its_anchor_names()
    {
        TaskManifest manifest = TaskManifest.Read(Head + """
            components:
              schemas:
                A: &a { type: object, x-list: [ &one 1, *one ], properties: { &n name: &text { type: string, maxLength: 1 } } }
                S: { allOf: [ *a, { properties: { other: *text, third: { const: *n } } } ] }
            """);

        Assert.Equal(["body.name maxLength", "body.other type", "body.third const"], manifest.Body("""{"name":"ab","other":1,"third":"list"}"""));
        Assert.Empty(manifest.Body("""{"third":"name"}"""));
    }

    [Fact]
    public void An_anchor_may_stand_in_a_list()
    {
        TaskManifest manifest = TaskManifest.Read(Head + "components: { schemas: { A: { enum: [ 1, &two 2, &list [ 3, 4 ] ] }, S: { enum: [ *two, *list ] } } }");

        Assert.Empty(manifest.Body("[3,4]"));
        Assert.Empty(manifest.Body("2"));
        Assert.Equal(["body enum"], manifest.Body("1"));
    }

    [Theory]
    [InlineData("components: &a { x: *a }", "*a")]
    [InlineData("components: *b", "*b")]
    [InlineData("components: { [1]: 2 }", "key in line 4")]
    [InlineData("components: { a: [ }", "is not an OpenAPI document")]
    public void What_is_no_tree_is_an_error(string yaml, string message) =>
        Assert.Contains(message, Assert.Throws<ManifestException>(() => TaskManifest.Read(Head + yaml)).Message);

    [Fact]
    public void Empty_lines_may_have_more_spaces_than_their_block()
    {
        TaskManifest manifest = TaskManifest.Read(Head + "components:\n  schemas:\n    S:\n      description: |-\n          \n        text\n      const: 1\n");

        Assert.Equal(["body const"], manifest.Body("2"));
    }

    [Fact]
    public void A_colon_may_stand_in_a_plain_text_of_a_flow_mapping() =>
        Assert.Empty(TaskManifest.Read(Head + "components: { schemas: { S: { const: a:b } } }").Body("\"a:b\""));

    [Fact]
    public void JSON_with_long_names_texts_and_deep_nesting_is_read()
    {
        string name = new('n', 2000);
        string deep = string.Concat(Enumerable.Repeat("[", 250)) + string.Concat(Enumerable.Repeat("]", 250));

        Assert.Equal([$"body.{name} type"], Manifests.OfBody($$"""{"x-deep":{{deep}},"description":"{{new string('d', 70_000)}}","properties":{"{{name}}":{"type":"string"} } }""").Body($$"""{"{{name}}":1}"""));
    }
}
