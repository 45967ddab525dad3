using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Truebit.Manifest;

namespace Truebit.Bench;

/// <summary>
/// Runs JSON-Schema-Test-Suite (github.com/json-schema-org/JSON-Schema-Test-Suite, not part of this repository) through Truebit.Manifest: each of
/// its schemas is the body of a manifest. Nothing is left out, so what OpenAPI does not have fails.
/// </summary>
internal static class SuiteBench
{
    private const string Place = "#/paths/~1p/post/requestBody/content/application~1json/schema";

    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 512 };

    public static void Run(string suite)
    {
        Run(suite, "draft4", "3.0.3");
        Run(suite, "draft2020-12", "3.1.0");
    }

    private static void Run(string suite, string draft, string version)
    {
        string folder = Path.Combine(suite, "tests", draft);
        if (!Directory.Exists(folder))
        {
            throw new BenchException($"'{folder}' is not there; give the folder of JSON-Schema-Test-Suite.");
        }

        Case[] cases = [.. Directory.GetFiles(folder, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal).SelectMany(file => Read(Path.GetRelativePath(folder, file), file, version))];
        Case[] required = [.. cases.Where(static one => !one.IsOptional)];
        Console.WriteLine($"{draft} as OpenAPI {version}: required {required.Count(static one => one.IsRight)} of {required.Length}, all {cases.Count(static one => one.IsRight)} of {cases.Length}");
        foreach (IGrouping<string, Case> kind in required.Where(static one => !one.IsRight).GroupBy(static one => one.Kind).OrderByDescending(static kind => kind.Count()))
        {
            Console.WriteLine($"  {kind.Count(),4} {kind.Key}");
        }
    }

    private static IEnumerable<Case> Read(string name, string file, string version)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(file), Deep);
        foreach (JsonElement group in document.RootElement.EnumerateArray())
        {
            JsonElement schema = group.GetProperty("schema");
            ManifestCall? call = null;
            try
            {
                call = Manifest(schema, version).Find("POST", "/p");
            }
            catch (ManifestException)
            {
                // Refused: none of its cases is right.
            }

            foreach (JsonElement test in group.GetProperty("tests").EnumerateArray())
            {
                yield return new Case(Kind(name, schema), name.StartsWith("optional", StringComparison.Ordinal), IsRight(call, test));
            }
        }
    }

    private static bool IsRight(ManifestCall? call, JsonElement test)
    {
        try
        {
            return call is not null && call.Check(null, test.GetProperty("data"), []).Count == 0 == test.GetProperty("valid").GetBoolean();
        }
        catch (ManifestException)
        {
            return false;
        }
    }

    private static TaskManifest Manifest(JsonElement schema, string version)
    {
        JsonObject operation = new()
        {
            ["requestBody"] = new JsonObject
            {
                ["required"] = true,
                ["content"] = new JsonObject { ["application/json"] = new JsonObject { ["schema"] = Move(JsonNode.Parse(schema.GetRawText(), null, Deep)) } },
            },
        };
        JsonObject document = new() { ["openapi"] = version, ["paths"] = new JsonObject { ["/p"] = new JsonObject { ["post"] = operation } } };
        return TaskManifest.Read(document.ToJsonString(new JsonSerializerOptions { MaxDepth = 512 }));
    }

    /// <summary>References begin at the document's root, which in the suite is the schema.</summary>
    private static JsonNode? Move(JsonNode? node)
    {
        if (node is JsonObject members)
        {
            foreach ((string name, JsonNode? value) in members.ToArray())
            {
                if (name == "$ref" && value is JsonValue text && text.TryGetValue(out string? reference) && (reference == "#" || reference.StartsWith("#/", StringComparison.Ordinal)))
                {
                    members[name] = Place + reference[1..];
                }
                else if (name is not ("enum" or "const"))
                {
                    Move(value);
                }
            }
        }
        else if (node is JsonArray items)
        {
            foreach (JsonNode? item in items)
            {
                Move(item);
            }
        }

        return node;
    }

    /// <summary>What a case that is not right has that is not followed, or else its file.</summary>
    private static string Kind(string file, JsonElement schema)
    {
        string text = schema.GetRawText();
        return text.Contains("\"$dynamicRef\"") ? "$dynamicRef"
            : Regex.IsMatch(text, @"""\$ref"":\s*""[^#""]") ? "references to other documents"
            : Regex.IsMatch(text, @"""\$ref"":\s*""#[^/""]") ? "references to anchors"
            : Regex.IsMatch(text, @"""\$?id"":\s*""") ? "$id"
            : file.Replace(".json", "");
    }

    private sealed record Case(string Kind, bool IsOptional, bool IsRight);
}
