namespace Truebit.Manifest.Tests;

/// <summary>Which operation a path means.</summary>
public sealed class PathTests
{
    [Theory]
    [InlineData("/{id}.{kind}", "/a.b.c", """{"id":"a.b","kind":"c"}""")]
    [InlineData("/x{id}y", "/x1y", """{"id":"1"}""")]
    [InlineData("/{a}-{b}-{c}!", "/1-2-3-4!", """{"a":"1-2","b":"3","c":"4"}""")]
    [InlineData("/x{id}y", "/xy", null)]
    [InlineData("/{a}-{b}", "/-1", null)]
    [InlineData("/{a}-{b}", "/1-", null)]
    [InlineData("/{a}/b", "/1/2/b", null)]
    [InlineData("/{a}ab{b}", "/1abab", """{"a":"1","b":"ab"}""")]
    public void A_placeholder_takes_at_least_one_character_and_the_first_takes_most(string template, string path, string? values)
    {
        string parameters = string.Join(",", new[] { "id", "kind", "a", "b", "c" }.Select(name => $$$"""{"name":"{{{name}}}","in":"path","schema":{"enum":[{{{Value(name)}}}]}}"""));
        TaskManifest manifest = Manifests.OfParameters(template, $"[{parameters}]");

        Assert.Equal(values is null ? ["path operation"] : [], manifest.Get(path));

        string Value(string name) => values is not null && Manifests.Json(values).TryGetProperty(name, out System.Text.Json.JsonElement value) ? value.GetRawText() : "0";
    }

    [Fact]
    public void Two_placeholders_side_by_side_are_an_error_of_that_operation()
    {
        TaskManifest manifest = Manifests.OfPaths("""{"/a/{b}{c}":{"get":{}},"/a/{b}-{c}":{"put":{}}}""");

        Assert.Contains("side by side", Assert.Throws<ManifestException>(() => manifest.Find("GET", "/a/{b}{c}")).Message);
        Assert.Empty(manifest.Find("PUT", "/a/1-2").Check(null, null, []));
    }

    [Fact]
    public void Of_paths_that_differ_in_their_placeholders_names_the_rows_spelling_tells()
    {
        TaskManifest manifest = Manifests.OfPaths("""{"/pets/{id}":{"get":{"operationId":"id"}},"/pets/{name}":{"get":{"operationId":"name"}}}""");

        Assert.Equal("name", manifest.Find("GET", "/pets/{name}").Operation?.Id);
        Assert.Equal("id", manifest.Find("GET", "/pets/{id}").Operation?.Id);
        Assert.Equal("id", manifest.Find("GET", "/pets/{other}").Operation?.Id);
    }

    [Theory]
    [InlineData("/files?upload=true", "up")]
    [InlineData("/files?x={x}&upload=true", "up", "path known", "params.x required")]
    [InlineData("/files", "plain")]
    [InlineData("/files?upload=false", "plain", "path known")]
    public void A_path_may_have_a_query_of_its_own(string path, string id, params string[] problems)
    {
        TaskManifest manifest = Manifests.OfPaths("""{"/files":{"get":{"operationId":"plain"}},"/files?upload=true":{"get":{"operationId":"up"}}}""");
        ManifestCall call = manifest.Find("GET", path);

        Assert.Equal(id, call.Operation?.Id);
        Assert.Equal(problems, Manifests.Rules(call.Check(null, null, [])));
    }

    [Fact]
    public void A_query_that_is_described_as_a_whole_is_not_checked()
    {
        TaskManifest manifest = Manifests.OfPaths(
            """{"/p":{"get":{"parameters":[{"name":"q","in":"querystring","content":{"application/x-www-form-urlencoded":{"schema":{}}}}]}}}""", version: "3.2.0");

        Assert.Empty(manifest.Find("GET", "/p?a=1&b=2").Check(null, null, []));
    }
}
