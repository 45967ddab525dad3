namespace Truebit.Manifest.Tests;

public sealed class LoadTests
{
    private const string Yaml = """
        openapi: 3.0.1
        info: { title: t, version: '1' }
        paths:
          /p:
            post:
              operationId: send
              requestBody:
                content:
                  application/json:
                    schema:
                      type: object
                      properties:
                        code: { type: string, enum: ['007', '1'] }
                        count: { type: integer, maximum: 3 }
              responses: { '200': { description: ok } }
        """;

    [Fact]
    public void A_manifest_may_be_written_in_YAML()
    {
        TaskManifest manifest = Manifests.Load(Yaml, ".yaml");

        Assert.Equal("send", Assert.Single(manifest.Operations).Id);
        Assert.Empty(manifest.Body("""{"code":"007","count":3}"""));
        Assert.Equal(["body.code type", "body.count maximum"], manifest.Body("""{"code":1,"count":4}"""));
    }

    [Theory]
    [InlineData("""{"openapi":"3.1.0","info":{"title":"t","version":"1"},"paths":{}}""", "OpenAPI 3.1.0; this module reads OpenAPI 3.0")]
    [InlineData("""{"swagger":"2.0","info":{"title":"t","version":"1"},"paths":{}}""", "Swagger 2.0")]
    [InlineData("{", "is not")]
    [InlineData("", "is not")]
    [InlineData("""{"a":1}""", "is not")]
    [InlineData("just text", "is not")]
    public void What_is_no_manifest_is_a_clear_error(string text, string message) =>
        Assert.Contains(message, Assert.Throws<ManifestException>(() => Manifests.Load(text)).Message);

    [Fact]
    public void A_file_that_is_not_there_is_named() =>
        Assert.Contains("nowhere.json", Assert.Throws<ManifestException>(() => TaskManifest.Load("nowhere.json")).Message);

    [Theory]
    [InlineData("""{"$ref":"other.json#/Pet"}""", "other.json#/Pet")]
    [InlineData("""{"$ref":"#/components/schemas/None"}""", "None")]
    [InlineData("""{"pattern":"("}""", "'('")]
    public void What_cannot_be_followed_is_named(string schema, string message) =>
        Assert.Contains(message, Assert.Throws<ManifestException>(() => Manifests.OfBody(schema).Body("{}")).Message);

    [Fact]
    public void A_schema_may_be_nothing_but_a_reference_to_another()
    {
        TaskManifest manifest = Manifests.OfBody(
            """{"$ref":"#/components/schemas/C"}""", """{"A":{"type":"integer"},"B":{"$ref":"#/components/schemas/A"},"C":{"$ref":"#/components/schemas/B"}}""");

        Assert.Empty(manifest.Body("1"));
        Assert.Equal(["body type"], manifest.Body("\"1\""));
    }

    [Fact]
    public void Keywords_that_OpenAPI_does_not_know_are_said_and_not_checked()
    {
        TaskManifest manifest = Manifests.OfBody("""{"type":"integer","const":7,"maximum":9}""");

        Assert.Contains("const", Assert.Single(manifest.Unknown));
        Assert.Equal(["body maximum"], manifest.Body("10"));
    }
}
