namespace Truebit.Manifest.Tests;

/// <summary>Texts become what the schema asks for; what could be read two ways is refused.</summary>
public sealed class TypingTests
{
    [Theory]
    [InlineData("""{"type":"integer"}""", "12345678901234567890", "12345678901234567890")]
    [InlineData("""{"type":"number"}""", "1.10", "1.10")]
    [InlineData("""{"type":"number"}""", "1,10", null)]
    [InlineData("""{"type":"integer"}""", "1.0", null)]
    [InlineData("""{"type":"integer"}""", "007", null)]
    [InlineData("""{"type":"integer"}""", "two", null)]
    [InlineData("""{"type":"boolean"}""", "True", "true")]
    [InlineData("""{"type":"boolean"}""", "yes", null)]
    [InlineData("""{"type":"string"}""", "00123", null)]
    [InlineData("""{"type":"string"}""", "123", null)]
    [InlineData("""{"type":"string"}""", "true", null)]
    [InlineData("""{"type":"string"}""", "[1]", null)]
    [InlineData("""{"type":"array"}""", "[1, 2.50]", "[1, 2.50]")]
    [InlineData("""{"type":"array"}""", "1, 2", null)]
    [InlineData("""{"type":"object"}""", """ {"a":1e5}""", """ {"a":1e5}""")]
    [InlineData("""{"enum":[1,2]}""", "2", "2")]
    [InlineData("""{"enum":["1","2"]}""", "2", null)]
    [InlineData("""{"allOf":[{"minimum":1},{"type":"integer"}]}""", "2", "2")]
    [InlineData("""{"oneOf":[{"type":"integer"},{"type":"boolean"}]}""", "true", "true")]
    [InlineData("""{"oneOf":[{"type":"integer"},{"type":"string","enum":["all"]}]}""", "7", "7")]
    [InlineData("""{"oneOf":[{"type":"integer"},{"type":"string","enum":["all"]}]}""", "all", null)]
    [InlineData("{}", "abc", null)]
    [InlineData("{}", "00123", null)]
    public void A_text_is_read_by_its_schema(string schema, string text, string? json)
    {
        TaskManifest manifest = Manifests.OfBody($$$"""{"type":"object","properties":{"x":{{{schema}}}}}""");

        Assert.Equal(json, manifest.Find("POST", "/p").ReadText("body.x", text, out ManifestProblem? problem));
        Assert.Null(problem);
    }

    [Theory]
    [InlineData("""{"oneOf":[{"type":"integer"},{"type":"string"}]}""", "7", "a string or an integer")]
    [InlineData("""{"anyOf":[{"type":"string"},{"type":"boolean"}]}""", "true", "a string or a boolean")]
    [InlineData("{}", "7", "a string or a number")]
    public void What_could_be_read_two_ways_is_refused(string schema, string text, string types)
    {
        TaskManifest manifest = Manifests.OfBody($$$"""{"type":"object","properties":{"x":{{{schema}}}}}""");

        Assert.Null(manifest.Find("POST", "/p").ReadText("body.x", text, out ManifestProblem? problem));

        Assert.Equal(("body.x", "ambiguous"), (problem?.Field, problem?.Rule));
        Assert.Contains(types, problem!.Expected);
    }

    [Theory]
    [InlineData("body.a.b", "1")]
    [InlineData("Body.a.b", "1")]
    [InlineData("body.list.0", "1")]
    [InlineData("body.list.0.c", null)]
    [InlineData("body.free.any", "1")]
    [InlineData("body.inherited", "1")]
    [InlineData("body.A.b", null)]
    [InlineData("body.closed.unknown", null)]
    [InlineData("params.x", null)]
    public void A_field_is_found_wherever_schemas_put_it(string field, string? json)
    {
        TaskManifest manifest = Manifests.OfBody("""
            {
              "allOf": [{ "type": "object", "properties": { "inherited": { "type": "integer" } } }],
              "properties": {
                "a": { "type": "object", "properties": { "b": { "type": "integer" } } },
                "A": { "type": "string" },
                "list": { "type": "array", "items": { "type": "integer" } },
                "free": { "type": "object", "additionalProperties": { "type": "integer" } },
                "closed": { "type": "object", "additionalProperties": false }
              }
            }
            """);

        Assert.Equal(json, manifest.Find("POST", "/p").ReadText(field, "1", out ManifestProblem? problem));
        Assert.Equal(field is "body.list.0.c" or "body.A.b" ? "ambiguous" : null, problem?.Rule);
    }

    [Fact]
    public void A_placeholder_has_the_type_of_the_parameter_that_it_fills()
    {
        TaskManifest manifest = Manifests.OfParameters("/Book", """[{"name":"ISBN","in":"query","schema":{"type":"string"}},{"name":"page","in":"query","schema":{"type":"integer"}}]""");
        ManifestCall call = manifest.Find("GET", "/Book?ISBN={number}&page={leaf}");

        Assert.Null(call.ReadText("params.number", "9781449325862", out _));
        Assert.Equal("3", call.ReadText("Params.leaf", "3", out _));
        Assert.Null(call.ReadText("params.page", "3", out _));
    }
}
