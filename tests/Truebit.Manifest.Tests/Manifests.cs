using System.Text.Json;

namespace Truebit.Manifest.Tests;

/// <summary>Manifests for tests, read from files as users' are, and calls that are checked against them.</summary>
internal static class Manifests
{
    public static string PetStoreFile { get; } = Path.Combine(FindRoot(), "samples", "petstore.manifest.json");

    public static TaskManifest PetStore() => TaskManifest.Load(PetStoreFile);

    /// <summary>A manifest of this text.</summary>
    public static TaskManifest Load(string text, string ending = ".json")
    {
        string file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ending);
        File.WriteAllText(file, text);
        try
        {
            return TaskManifest.Load(file);
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>A manifest with one operation, POST /p, whose body has this schema.</summary>
    public static TaskManifest OfBody(string schema, string components = "{}", string version = "3.0.3") => Load($$$"""
        {
          "openapi": "{{{version}}}", "info": { "title": "t", "version": "1" },
          "paths": { "/p": { "post": {
            "requestBody": { "required": true, "content": { "application/json": { "schema": {{{schema}}} } } },
            "responses": { "200": { "description": "ok" } } } } },
          "components": { "schemas": {{{components}}} }
        }
        """);

    /// <summary>A manifest with one operation, GET of the path, that has these parameters.</summary>
    public static TaskManifest OfParameters(string path, string parameters) => Load($$$"""
        {
          "openapi": "3.0.3", "info": { "title": "t", "version": "1" },
          "paths": { "{{{path}}}": { "get": { "parameters": {{{parameters}}}, "responses": { "200": { "description": "ok" } } } } }
        }
        """);

    /// <summary>A manifest with these paths.</summary>
    public static TaskManifest OfPaths(string paths, string components = "{}", string version = "3.0.3") => TaskManifest.Read(
        $$$"""{ "openapi": "{{{version}}}", "info": { "title": "t", "version": "1" }, "paths": {{{paths}}}, "components": {{{components}}} }""");

    /// <summary>The example row of the only operation: column=cell.</summary>
    public static string[] Row(this TaskManifest manifest) =>
        [.. TaskManifest.ExampleRows(manifest.Operations, leftOut: null).Single().Select(static cell => $"{cell.Key}={cell.Value}")];

    /// <summary>What is wrong with a body of <see cref="OfBody"/>'s operation: field and rule of each problem.</summary>
    public static string[] Body(this TaskManifest manifest, string body) => Rules(manifest.Find("POST", "/p").Check(null, Json(body), []));

    /// <summary>What is wrong with a call of a path: field and rule of each problem.</summary>
    public static string[] Get(this TaskManifest manifest, string path, string? parameters = null, params (string Name, string Value)[] headers) =>
        Rules(manifest.Find("GET", path).Check(
            parameters is null ? null : Json(parameters), null, headers.Select(static header => KeyValuePair.Create(header.Name, header.Value))));

    public static string[] Rules(IEnumerable<ManifestProblem> problems) => [.. problems.Select(static problem => $"{problem.Field} {problem.Rule}")];

    public static JsonElement Json(string text) => JsonElement.Parse(text, new JsonDocumentOptions { MaxDepth = 512 });

    private static string FindRoot()
    {
        DirectoryInfo folder = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Truebit.psd1")))
        {
            folder = folder.Parent!;
        }

        return folder.FullName;
    }
}
