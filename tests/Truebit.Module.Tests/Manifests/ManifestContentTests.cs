using Truebit.Module.Tests.Hosting;

namespace Truebit.Module.Tests.Manifests;

/// <summary>What -Manifest may be: a path, a file, text, lines, bytes or an object.</summary>
public sealed class ManifestContentTests : IDisposable
{
    /// <summary>The enum is beyond what doubles and 64 bits hold, and the date is one that ConvertFrom-Json would read.</summary>
    private const string Json = """
        {
          "openapi": "3.1.0", "info": { "title": "t", "version": "1" },
          "paths": { "/p": { "post": { "operationId": "send", "requestBody": { "required": true, "content": { "application/json": { "schema": {
            "type": "object", "required": ["n"], "properties": { "n": { "enum": [9223372036854775809] }, "day": { "type": "string", "example": "2027-02-01T00:00:00+0000" } } } } } } } } }
        }
        """;

    private readonly Engine _engine = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("truebit-manifest-");

    public ManifestContentTests()
    {
        _engine["file"] = Path.Combine(_folder.FullName, "m.json");
        _engine["yaml"] = Path.Combine(_folder.FullName, "m.yaml");
        File.WriteAllText(Path.Combine(_folder.FullName, "m.json"), Json);
        File.WriteAllText(Path.Combine(_folder.FullName, "m.yaml"), $"# YAML\n{Json}");
    }

    public void Dispose()
    {
        _engine.Dispose();
        _folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("$file")]
    [InlineData("$yaml")]
    [InlineData("(Get-Item $file)")]
    [InlineData("(Get-Content -Raw $file)")]
    [InlineData("(Get-Content -Raw $yaml)")]
    [InlineData("(Get-Content $yaml)")]
    [InlineData("([IO.File]::ReadAllBytes($file))")]
    [InlineData("([IO.File]::ReadAllText($file) -replace '\\s+', ' ')")]
    [InlineData("@($file)")]
    [InlineData("@{ openapi = '3.1.0'; paths = @{ '/p' = @{ post = @{ operationId = 'send'; requestBody = @{ content = @{ 'application/json' = @{ schema = @{ properties = @{ n = @{ enum = @([bigint]::Parse('9223372036854775809')) } } } } } } } } } }")]
    public void A_manifest_is_read_as_it_is_written(string manifest)
    {
        EngineRun run = _engine.Ok($"@{{ 'body.n' = '9223372036854775809' }}, @{{ 'body.n' = '9223372036854775808' }} | Test-TruebitTask -Namespace n -TaskName t -Method POST -Path /p -Manifest {manifest}");

        Assert.Equal([true, false], run.Values<bool>("IsValid"));
        Assert.Empty(run.Warnings);
    }

    [Theory]
    [InlineData("Get-Content $file")]
    [InlineData("Get-Content -Raw $file")]
    [InlineData("Get-Item $file")]
    [InlineData("[IO.File]::ReadAllBytes($file)")]
    [InlineData(", [IO.File]::ReadAllBytes($file)")]
    [InlineData("$file")]
    public void A_template_takes_the_manifest_from_the_pipeline(string manifest)
    {
        EngineRun run = _engine.Ok($"{manifest} | New-TruebitTaskTemplate");

        Assert.Equal("9223372036854775809", run.Value<string>("body.n:number"));
        Assert.Equal("2027-02-01T00:00:00+0000", run.Value<string>("body.day"));
        Assert.Empty(run.Warnings);
    }

    [Fact]
    public void Files_from_the_pipeline_are_a_manifest_each() =>
        Assert.Equal(2, _engine.Ok("Get-ChildItem (Split-Path $file) | New-TruebitTaskTemplate -Operation send").Output.Count);

    [Theory]
    [InlineData("(Get-Content -Raw $file | ConvertFrom-Json)")]
    [InlineData("(Get-Content -Raw $file | ConvertFrom-Json -AsHashtable)")]
    public void An_object_of_ConvertFrom_Json_is_read_with_a_warning(string manifest) =>
        Assert.Contains("Get-Content -Raw", Assert.Single(_engine.Ok($"New-TruebitTaskTemplate {manifest}").Warnings));

    [Theory]
    [InlineData("7", "-Manifest must be a path")]
    [InlineData("@('a', 7)", "-Manifest must be a path")]
    [InlineData("\"a`nb\"", "is not an OpenAPI document")]
    [InlineData("'{'", "is not an OpenAPI document")]
    [InlineData("([byte[]](1, 2))", "is not an OpenAPI document")]
    public void Anything_else_is_an_error(string manifest, string message)
    {
        (string id, string text) = _engine.Run($"New-TruebitTaskTemplate {manifest}").End;

        Assert.Equal("InvalidManifest", id);
        Assert.Contains(message, text);
    }
}
