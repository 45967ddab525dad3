namespace Truebit.Manifest.Tests;

/// <summary>Each keyword with a value that keeps to it and one that does not, and the numbers that doubles would round.</summary>
public sealed class BodyTests
{
    private const string Pets = """
        {
          "Cat": { "type": "object", "required": ["kind", "lives"], "properties": { "kind": { "type": "string", "enum": ["cat"] }, "lives": { "type": "integer" } } },
          "Dog": { "type": "object", "required": ["kind", "bark"], "properties": { "kind": { "type": "string", "enum": ["dog"] }, "bark": { "type": "string" } } },
          "Node": { "type": "object", "properties": { "name": { "type": "string" }, "next": { "$ref": "#/components/schemas/Node" } } }
        }
        """;

    [Theory]
    [InlineData("""{"type":"string"}""", "\"a\"", "1", "body type")]
    [InlineData("""{"type":"integer"}""", "12345678901234567890123", "1.0", "body type")]
    [InlineData("""{"type":"integer"}""", "-1", "1e3", "body type")]
    [InlineData("""{"type":"number"}""", "1.5", "\"1.5\"", "body type")]
    [InlineData("""{"type":"boolean"}""", "false", "null", "body type")]
    [InlineData("""{"type":"string","nullable":true}""", "null", "true", "body type")]
    [InlineData("""{"type":"integer","format":"int32"}""", "2147483647", "2147483648", "body format")]
    [InlineData("""{"type":"integer","format":"int64"}""", "9223372036854775807", "9223372036854775808", "body format")]
    [InlineData("""{"type":"integer","maximum":9007199254740993}""", "9007199254740993", "9007199254740994", "body maximum")]
    [InlineData("""{"maximum":0.1}""", "0.10000000000000000000000000000000", "0.10000000000000000000000000000001", "body maximum")]
    [InlineData("""{"minimum":-1}""", "-1e0", "-1.00000000000000000000000000000000001", "body minimum")]
    [InlineData("""{"minimum":1,"exclusiveMinimum":true}""", "1.0000000000000000000000000000000001", "1.0", "body minimum")]
    [InlineData("""{"maximum":1,"exclusiveMaximum":true}""", "0.9", "10e-1", "body maximum")]
    [InlineData("""{"maximum":1}""", "1e-999999999", "1e999999999", "body maximum")]
    [InlineData("""{"multipleOf":0.01}""", "123456789012345678901234567890.12", "0.075", "body multipleOf")]
    [InlineData("""{"multipleOf":7}""", "7e30", "1e30", "body multipleOf")]
    [InlineData("""{"enum":["a",1,{"x":[1,2]}]}""", """{"x":[1.0,2]}""", "\"1\"", "body enum")]
    [InlineData("""{"minLength":2}""", "\"ab\"", "\"\\ud83d\\ude00\"", "body minLength")]
    [InlineData("""{"maxLength":1}""", "\"\\ud83d\\ude00\"", "\"ab\"", "body maxLength")]
    [InlineData("""{"pattern":"^[a-z]\\d+$"}""", "\"a1\"", "\"a1\\n\"", "body pattern")]
    [InlineData("""{"pattern":"^\\d$"}""", "\"1\"", "\"\\u0661\"", "body pattern")]
    [InlineData("""{"pattern":"^[a-z-[aeiou]]$"}""", "\"e]\"", "\"b\"", "body pattern")]
    [InlineData("""{"pattern":"b"}""", "\"abc\"", "\"ac\"", "body pattern")]
    [InlineData("""{"type":"string","format":"date"}""", "\"2024-02-29\"", "\"2023-02-29\"", "body format")]
    [InlineData("""{"type":"string","format":"date-time"}""", "\"2077-08-24T14:15:22.5+02:00\"", "\"2077-08-24 14:15\"", "body format")]
    [InlineData("""{"type":"string","format":"uuid"}""", "\"0f8fad5b-d9cb-469f-a165-70867728950e\"", "\"0f8fad5b\"", "body format")]
    [InlineData("""{"type":"string","format":"byte"}""", "\"dGV4dA==\"", "\"dGV4dA\"", "body format")]
    [InlineData("""{"type":"string","format":"ipv4"}""", "\"192.0.2.1\"", "\"192.0.2.256\"", "body format")]
    [InlineData("""{"type":"string","format":"of the house"}""", "\"anything\"", "1", "body type")]
    [InlineData("""{"type":"array","items":{"type":"integer"}}""", "[1,2]", "[1,\"2\"]", "body.1 type")]
    [InlineData("""{"minItems":1}""", "[1]", "[]", "body minItems")]
    [InlineData("""{"maxItems":1}""", "[1]", "[1,2]", "body maxItems")]
    [InlineData("""{"uniqueItems":true}""", "[1,\"1\",true]", "[{\"a\":1,\"b\":2},{\"b\":2.0,\"a\":1}]", "body.1 uniqueItems")]
    [InlineData("""{"required":["a"]}""", """{"a":null}""", "{}", "body.a required")]
    [InlineData("""{"required":["a"],"properties":{"a":{"readOnly":true}}}""", "{}", "1", null)]
    [InlineData("""{"properties":{"a":{"type":"object","properties":{"b":{"type":"string"}}}}}""", """{"a":{"b":"x"},"c":1}""", """{"a":{"b":1}}""", "body.a.b type")]
    [InlineData("""{"additionalProperties":false,"properties":{"a":{}}}""", """{"a":1}""", """{"b":1}""", "body.b additionalProperties")]
    [InlineData("""{"additionalProperties":{"type":"integer"}}""", """{"a":1}""", """{"a":"1"}""", "body.a type")]
    [InlineData("""{"minProperties":1}""", """{"a":1}""", "{}", "body minProperties")]
    [InlineData("""{"maxProperties":0}""", "{}", """{"a":1}""", "body maxProperties")]
    [InlineData("""{"allOf":[{"minLength":1},{"maxLength":2}]}""", "\"ab\"", "\"abc\"", "body maxLength")]
    [InlineData("""{"anyOf":[{"type":"string"},{"type":"integer"}]}""", "1", "true", "body anyOf")]
    [InlineData("""{"oneOf":[{"$ref":"#/components/schemas/Cat"},{"$ref":"#/components/schemas/Dog"}]}""", """{"kind":"dog","bark":"loud"}""", """{"kind":"cat","bark":"loud"}""", "body oneOf")]
    [InlineData("""{"oneOf":[{"minimum":1},{"maximum":5}]}""", "6", "3", "body oneOf")]
    [InlineData("""{"not":{"type":"string"}}""", "1", "\"a\"", "body not")]
    [InlineData("""{"$ref":"#/components/schemas/Node"}""", """{"next":{"next":{"name":"c"}}}""", """{"next":{"next":{"name":3}}}""", "body.next.next.name type")]
    public void A_keyword_lets_one_value_pass_and_refuses_another(string schema, string good, string bad, string? problem)
    {
        TaskManifest manifest = Manifests.OfBody(schema, Pets);

        Assert.Empty(manifest.Body(good));
        Assert.Equal(problem is null ? [] : [problem], manifest.Body(bad));
    }

    [Fact]
    public void All_problems_of_a_body_are_found_at_once()
    {
        IReadOnlyList<ManifestProblem> problems = Manifests.PetStore().Find("POST", "/store/order").Check(
            null, Manifests.Json("""{"petId":"x","quantity":-1,"status":"shipped","color":"red"}"""), []);

        Assert.Equal(
            [
                "body.id: it must be an integer, but is missing (required)",
                "body.petId: it must be an integer, but is \"x\" (type)",
                "body.quantity: it must be at least 0, but is -1 (minimum)",
                "body.status: it must be one of placed, approved, delivered, but is \"shipped\" (enum)",
                "body.color: it must be one of the properties id, petId, quantity, shipDate, status, complete, but is not one of them (additionalProperties)",
            ],
            problems.Select(static problem => problem.ToString()));
    }

    [Fact]
    public void A_choice_says_what_the_nearest_kind_lacks() =>
        Assert.Equal(
            "not; the nearest says: body.lives: it must be an integer, but is missing (required)",
            Assert.Single(Manifests.OfBody("""{"oneOf":[{"$ref":"#/components/schemas/Dog"},{"$ref":"#/components/schemas/Cat"}]}""", Pets)
                .Find("POST", "/p").Check(null, Manifests.Json("""{"kind":"cat"}"""), [])).Found);

    [Fact]
    public void A_password_is_not_shown() =>
        Assert.DoesNotContain("hunter2", Assert.Single(Manifests.OfBody("""{"type":"string","format":"password","maxLength":3}""")
            .Find("POST", "/p").Check(null, Manifests.Json("\"hunter2\""), [])).ToString());

    [Fact]
    public void A_body_that_is_required_or_not_taken_is_a_problem()
    {
        TaskManifest manifest = Manifests.PetStore();

        Assert.Equal(["body required"], Manifests.Rules(manifest.Find("POST", "/store/order").Check(null, null, [])));
        Assert.Equal(["body known"], Manifests.Rules(manifest.Find("GET", "/store/inventory").Check(null, Manifests.Json("{}"), [])));
    }

    [Fact]
    public void A_schema_that_refers_to_itself_without_end_is_an_error_and_not_the_end_of_the_process()
    {
        TaskManifest manifest = Manifests.OfBody("""{"$ref":"#/components/schemas/A"}""", """{"A":{"allOf":[{"$ref":"#/components/schemas/A"}]}}""");

        Assert.Contains("refers to itself", Assert.Throws<ManifestException>(() => manifest.Body("{}")).Message);
    }
}
