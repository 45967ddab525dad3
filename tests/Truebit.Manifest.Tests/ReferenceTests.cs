namespace Truebit.Manifest.Tests;

/// <summary>References are followed inside the file (RFC 6901); what cannot be followed is a problem of the operations that need it.</summary>
public sealed class ReferenceTests
{
    private const string Body = """{"requestBody":{"content":{"application/json":{"schema":{"$ref":"#/components/schemas/X"}}}}}""";

    [Theory]
    [InlineData("""{"$ref":"other.json#/Pet"}""", "'other.json#/Pet' leads out of the manifest")]
    [InlineData("""{"$ref":"file:///etc/passwd"}""", "leads out of the manifest")]
    [InlineData("""{"$ref":"http://127.0.0.1:9/x.json"}""", "leads out of the manifest")]
    [InlineData("""{"$ref":"#/components/schemas/None"}""", "leads to nothing")]
    [InlineData("""{"$ref":"#Pet"}""", "names an anchor")]
    [InlineData("""{"$ref":"#/components/schemas/A"}""", "leads to itself")]
    [InlineData("""{"$ref":7}""", "is not text")]
    [InlineData("""{"pattern":"("}""", "'('")]
    [InlineData("""{"properties":{"a":{"items":{"$ref":"#/nowhere"}}}}""", "'#/nowhere' leads to nothing")]
    [InlineData("""{"properties":{"a":7}}""", "#/paths/~1p/post/requestBody/content/application~1json/schema/properties/a is neither")]
    public void What_cannot_be_followed_is_named_with_its_operation(string schema, string message)
    {
        TaskManifest manifest = Manifests.OfBody(schema, """{"A":{"$ref":"#/components/schemas/A"}}""");

        string error = Assert.Throws<ManifestException>(() => manifest.Body("{}")).Message;

        Assert.Contains("operation POST /p", error);
        Assert.Contains(message, error);
    }

    [Theory]
    [InlineData("3.0.3")]
    [InlineData("3.1.0")]
    public void A_schema_may_be_nothing_but_a_reference_to_another(string version)
    {
        TaskManifest manifest = Manifests.OfBody(
            """{"$ref":"#/components/schemas/C"}""", """{"A":{"type":"integer"},"B":{"$ref":"#/components/schemas/A"},"C":{"$ref":"#/components/schemas/B"}}""", version);

        Assert.Empty(manifest.Body("1"));
        Assert.Equal(["body type"], manifest.Body("\"1\""));
    }

    [Theory]
    [InlineData("3.0.3", 0)]
    [InlineData("3.1.0", 1)]
    public void Keywords_beside_a_reference_count_since_3_1(string version, int problems) => Assert.Equal(
        problems, Manifests.OfBody("""{"$ref":"#/components/schemas/A","maximum":3}""", """{"A":{"type":"integer"}}""", version).Body("4").Length);

    [Theory]
    [InlineData("#/components/schemas/a~1b")]
    [InlineData("#/components/schemas/a~0b")]
    [InlineData("#/components/schemas/a%20b")]
    [InlineData("#/components/schemas/List/oneOf/1")]
    [InlineData("#/paths/~1p/post/requestBody/content/application~1json/schema/properties/y")]
    public void A_reference_may_name_any_place_of_the_file(string reference)
    {
        TaskManifest manifest = Manifests.OfBody(
            $$$$"""{"properties":{"x":{"$ref":"{{{{reference}}}}"},"y":{"type":"integer"}}}""",
            """{"a/b":{"type":"integer"},"a~b":{"type":"integer"},"a b":{"type":"integer"},"List":{"oneOf":[{},{"type":"integer"}]}}""");

        Assert.Empty(manifest.Body("""{"x":1}"""));
        Assert.Equal(["body.x type"], manifest.Body("""{"x":"1"}"""));
    }

    [Fact]
    public void What_one_operation_cannot_follow_is_no_problem_of_another()
    {
        TaskManifest manifest = Manifests.OfPaths($$$$"""
            {"/bad":{"post": {{{{Body}}}} },"/lost":{"$ref":"other.json"},"/good":{"get":{"responses":{"200":{"$ref":"#/nowhere"}},"security":[{"none":[]}]}}}
            """, """{"schemas":{"X":{"$ref":"other.json"}},"responses":{"R":{"$ref":"other.json"}}}""");

        Assert.Empty(manifest.Find("GET", "/good").Check(null, null, []));
        Assert.Contains("operation POST /bad", Assert.Throws<ManifestException>(() => manifest.Find("POST", "/bad").Check(null, null, [])).Message);
        Assert.Contains("operation /lost", Assert.Throws<ManifestException>(() => manifest.Find("PUT", "/lost")).Message);
        Assert.Equal(["path operation"], Manifests.Rules(manifest.Find("GET", "/other").Check(null, null, [])));
    }

    [Fact]
    public void A_schema_that_was_met_before_something_that_cannot_be_followed_is_whole_or_refused()
    {
        // The first operation reads Shared and fails; the second must not find half of it.
        TaskManifest manifest = Manifests.OfPaths("""
            {
              "/one": { "post": { "requestBody": { "content": { "application/json": { "schema": { "properties": { "a": { "$ref": "#/components/schemas/Shared" }, "b": { "$ref": "#/nowhere" } } } } } } } },
              "/two": { "post": { "requestBody": { "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Shared" } } } } } },
              "/three": { "post": { "requestBody": { "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Uses" } } } } } },
              "/four": { "post": { "requestBody": { "content": { "application/json": { "schema": { "items": { "$ref": "#/components/schemas/Uses" } } } } } } }
            }
            """, """{"schemas":{"Shared":{"properties":{"x":{"type":"integer"},"y":{"maxLength":1}}},"Uses":{"properties":{"me":{"$ref":"#/components/schemas/Uses"},"b":{"$ref":"#/nowhere"}}}}}""");

        Assert.Equal(["body.x type", "body.y maxLength"], Manifests.Rules(manifest.Find("POST", "/two").Check(null, Manifests.Json("""{"x":"1","y":"ab"}"""), [])));
        foreach (string path in new[] { "/one", "/three", "/four" })
        {
            Assert.Contains($"POST {path}", Assert.Throws<ManifestException>(() => manifest.Find("POST", path).Check(null, Manifests.Json("{}"), [])).Message);
        }
    }

    [Fact]
    public void What_stands_beside_a_paths_reference_goes_before_what_it_refers_to()
    {
        TaskManifest manifest = Manifests.OfPaths(
            """{"/p":{"$ref":"#/components/pathItems/P","get":{"operationId":"own"}}}""", """{"pathItems":{"P":{"get":{"operationId":"other"},"put":{"operationId":"put"}}}}""", "3.1.0");

        Assert.Equal(["own", "put"], manifest.Operations.Select(static operation => operation.Id));
    }

    [Fact]
    public void Methods_of_3_2_are_read()
    {
        TaskManifest manifest = Manifests.OfPaths("""{"/p":{"query":{"operationId":"q"},"additionalOperations":{"COPY":{"operationId":"c"}}}}""", version: "3.2.0");

        Assert.Equal("q", manifest.Find("QUERY", "/p").Operation?.Id);
        Assert.Equal("c", manifest.Find("COPY", "/p").Operation?.Id);
    }
}
