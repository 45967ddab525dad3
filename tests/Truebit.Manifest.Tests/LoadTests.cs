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
    [InlineData("""{"openapi":"4.0.0","info":{"title":"t","version":"1"},"paths":{}}""", "OpenAPI 4.0.0; this module reads OpenAPI 3.0, 3.1 and 3.2")]
    [InlineData("""{"openapi":"3.10","info":{"title":"t","version":"1"},"paths":{}}""", "OpenAPI 3.10")]
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

    [Fact]
    public void Keywords_that_OpenAPI_does_not_know_are_said_and_not_checked()
    {
        TaskManifest manifest = Manifests.OfBody("""{"type":"integer","const":7,"maximum":9}""");

        Assert.Contains("const", Assert.Single(manifest.Unknown));
        Assert.Equal(["body maximum"], manifest.Body("10"));
    }

    [Theory]
    [InlineData("3.0.4", 0)]
    [InlineData("3.1.1", 1)]
    [InlineData("3.2.0", 1)]
    public void The_version_says_which_keywords_there_are(string version, int problems)
    {
        TaskManifest manifest = Manifests.OfBody("""{"const":7}""", version: version);

        Assert.Equal(problems, manifest.Body("8").Length);
        Assert.Equal(1 - problems, manifest.Unknown.Count);
    }

    [Theory]
    [InlineData("""{"$id":"https://example.com/a"}""", "$id at #/paths/~1p/post")]
    [InlineData("""{"$dynamicRef":"#x"}""", "$dynamicRef")]
    [InlineData("""{"minLength":"2"}""", "minLength")]
    public void What_is_not_followed_is_said(string schema, string keyword) =>
        Assert.Contains(keyword, Assert.Single(Manifests.OfBody(schema, version: "3.1.0").Unknown));

    [Fact]
    public void A_manifest_without_paths_has_no_operations()
    {
        Assert.Empty(TaskManifest.Read("""{"openapi":"3.1.0","info":{"title":"t","version":"1"},"webhooks":{}}""").Operations);
        Assert.Empty(TaskManifest.Read("""{"openapi":"3.0.0","paths":null}""").Operations);
    }
}
