namespace Truebit.Manifest.Tests;

/// <summary>The keywords that came with OpenAPI 3.1 (JSON Schema 2020-12), each with a value that keeps to it and one that does not.</summary>
public sealed class NewKeywordTests
{
    [Theory]
    [InlineData("true", "1", null, null)]
    [InlineData("""{"type":["integer","null"]}""", "null", "\"1\"", "body type")]
    [InlineData("""{"type":["string","integer"]}""", "1", "true", "body type")]
    [InlineData("""{"type":"null"}""", "null", "0", "body type")]
    [InlineData("""{"type":"string","nullable":true}""", "null", "1", "body type")]
    [InlineData("""{"type":"integer"}""", "1.0", "1.5", "body type")]
    [InlineData("""{"type":"integer"}""", "1e3", "1e-1", "body type")]
    [InlineData("""{"const":{"a":[1]}}""", """{"a":[1.0]}""", """{"a":[2]}""", "body const")]
    [InlineData("""{"exclusiveMinimum":1}""", "1.1", "1", "body exclusiveMinimum")]
    [InlineData("""{"exclusiveMaximum":1}""", "0.9", "1.0", "body exclusiveMaximum")]
    [InlineData("""{"minLength":2.0}""", "\"ab\"", "\"a\"", "body minLength")]
    [InlineData("""{"maximum":1e400}""", "1e399", "1e401", "body maximum")]
    [InlineData("""{"prefixItems":[{"type":"string"},{"type":"integer"}],"items":false}""", """["a",1]""", """["a",1,2]""", "body.2 not")]
    [InlineData("""{"contains":{"type":"integer"}}""", """["a",1]""", """["a"]""", "body contains")]
    [InlineData("""{"contains":{"type":"integer"},"minContains":2}""", "[1,2]", "[1]", "body minContains")]
    [InlineData("""{"contains":{"type":"integer"},"maxContains":1}""", "[1]", "[1,2]", "body maxContains")]
    [InlineData("""{"contains":{"type":"integer"},"minContains":0}""", "[]", null, null)]
    [InlineData("""{"patternProperties":{"^n":{"type":"integer"}},"additionalProperties":false}""", """{"n1":1}""", """{"n1":"1"}""", "body.n1 type")]
    [InlineData("""{"patternProperties":{"^n":{"type":"integer"}},"additionalProperties":false}""", "{}", """{"m":1}""", "body.m additionalProperties")]
    [InlineData("""{"propertyNames":{"maxLength":2}}""", """{"ab":1}""", """{"abc":1}""", "body.abc maxLength")]
    [InlineData("""{"dependentRequired":{"card":["expiry"]}}""", """{"card":1,"expiry":2}""", """{"card":1}""", "body.expiry required")]
    [InlineData("""{"dependentSchemas":{"card":{"required":["expiry"]}}}""", """{"expiry":2}""", """{"card":1}""", "body.expiry required")]
    [InlineData("""{"if":{"properties":{"k":{"const":1}}},"then":{"required":["a"]},"else":{"required":["b"]}}""", """{"k":1,"a":0}""", """{"k":2,"a":0}""", "body.b required")]
    [InlineData("""{"allOf":[{"properties":{"a":{}}}],"unevaluatedProperties":false}""", """{"a":1}""", """{"b":1}""", "body.b unevaluatedProperties")]
    [InlineData("""{"anyOf":[{"properties":{"a":{"const":1}},"required":["a"]},{"properties":{"b":{}}}],"unevaluatedProperties":{"type":"string"}}""", """{"a":1,"c":"x"}""", """{"a":1,"c":2}""", "body.c type")]
    [InlineData("""{"prefixItems":[{}],"unevaluatedItems":{"type":"integer"}}""", """["a",1]""", """["a","b"]""", "body.1 type")]
    [InlineData("""{"properties":{"a":false}}""", """{"b":1}""", """{"a":1}""", "body.a not")]
    public void A_keyword_lets_one_value_pass_and_refuses_another(string schema, string good, string? bad, string? problem)
    {
        TaskManifest manifest = Manifests.OfBody(schema, version: "3.1.0");

        Assert.Empty(manifest.Body(good));
        if (bad is not null)
        {
            Assert.Equal([problem], manifest.Body(bad));
        }

        Assert.Empty(manifest.Unknown);
    }
}
