using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text;

namespace Truebit.Manifest.Tests;

/// <summary>Manifests that are written to keep a machine busy: each ends soon, with a problem, an error or a small template.</summary>
public sealed class AttackTests
{
    private const string Head = "openapi: 3.0.0\ninfo: {title: t, version: '1'}\n";

    /// <summary>What a manifest may cost: as much work as takes a second here, counted in bytes allocated, because time depends on the machine.</summary>
    private const long MostBytes = 200L << 20;

    [Theory]
    [InlineData("lol")]
    [InlineData("{type: object}")]
    public void Aliases_of_aliases(string leaf)
    {
        StringBuilder yaml = new(Head);
        yaml.Append($"x-a0: &a0 [{string.Join(",", Enumerable.Repeat(leaf, 9))}]\n");
        for (int level = 1; level < 30; level++)
        {
            yaml.Append($"x-a{level}: &a{level} [{string.Join(",", Enumerable.Repeat($"*a{level - 1}", 9))}]\n");
        }

        Assert.Contains("aliases", Cheap(() => Assert.Throws<ManifestException>(() => TaskManifest.Read(yaml.ToString())).Message));
    }

    [Fact]
    public void Aliases_nested_in_aliases() => Cheap(() => Assert.Throws<ManifestException>(() => TaskManifest.Read(
        Head + "x-a0: &a0 [1]\n" + string.Concat(Enumerable.Range(1, 3000).Select(static level => $"x-a{level}: &a{level} [*a{level - 1}]\n")))));

    [Theory]
    [InlineData("[")]
    [InlineData("{a: ")]
    [InlineData("- ")]
    public void Nesting_in_YAML(string open) =>
        Assert.Contains("nested", Cheap(() => Assert.Throws<ManifestException>(() => TaskManifest.Read($"{Head}x-d: {(open == "- " ? "\n  " : "")}{Repeat(open, 50_000)}")).Message));

    [Fact]
    public void Nesting_in_JSON() =>
        Cheap(() => Assert.Throws<ManifestException>(() => TaskManifest.Read($$"""{"openapi":"3.0.0","x-d":{{Repeat("[", 50_000)}}{{Repeat("]", 50_000)}}}""")));

    [Fact]
    public void Megabytes() => Cheap(() =>
    {
        byte[] large = new byte[17 << 20];
        Array.Fill(large, (byte)' ');
        Assert.Contains("16 MB", Assert.Throws<ManifestException>(() => TaskManifest.Read(large)).Message);
        return 0;
    });

    [Fact]
    public void A_hundred_thousand_schemas()
    {
        string properties = string.Join(",", Enumerable.Range(0, 100_000).Select(static number => $$"""  "p{{number}}":{} """));
        TaskManifest manifest = Cheap(() => Manifests.OfPaths(
            """{"/good":{"get":{}},"/p":{"post":{"requestBody":{"content":{"application/json":{"schema":{"$ref":"#/components/schemas/S"}}}}}}}""",
            $$"""{"schemas":{"S":{"properties":{ {{properties}} } } } }"""));

        Assert.Contains("20000 schemas", Assert.Throws<ManifestException>(() => manifest.Body("{}")).Message);
        Assert.Empty(manifest.Get("/good"));
    }

    [Theory]
    [InlineData("""{"$ref":"#/nowhere/{0}"}""")]
    [InlineData("{0}")]
    [InlineData("""{"pattern":"({0}"}""")]
    [InlineData("""{"pattern":"^{0}$"}""")]
    [InlineData("""{"maximum":1e{0}}""")]
    public void Nineteen_thousand_mistakes(string schema)
    {
        string properties = string.Join(",", Enumerable.Range(0, 19_000).Select(number => $"\"p{number}\":{schema.Replace("{0}", $"{number}")}"));

        Cheap(() => Record(() => Manifests.OfBody($$$"""{"properties":{ {{{properties}}} } }""").Body("{}")));
    }

    [Theory]
    [InlineData("""{"$ref":"#/components/schemas/S{0}"}""")]
    [InlineData("""{"allOf":[{"$ref":"#/components/schemas/S{0}"}]}""")]
    [InlineData("""{"properties":{"a":{"$ref":"#/components/schemas/S{0}"}},"required":["a"]}""")]
    [InlineData("""{"type":"array","minItems":1,"items":{"$ref":"#/components/schemas/S{0}"}}""")]
    public void A_chain_of_nineteen_thousand_references(string link)
    {
        string chain = string.Join(",", Enumerable.Range(0, 19_000).Select(level => $"\"S{level}\":{link.Replace("{0}", $"{level + 1}")}"));
        TaskManifest manifest = Cheap(() => Manifests.OfBody("""{"$ref":"#/components/schemas/S0"}""", $$$"""{ {{{chain}}}, "S19000": {} }"""));

        Cheap(() => Record(() => manifest.Body("""{"a":[{"a":1}]}""")));
        Cheap(() => Record(() => manifest.Row()));
        Cheap(() => Record(() => manifest.Find("POST", "/p").ReadText("body.a.a.a", "1", out _)));
    }

    [Theory]
    [InlineData("allOf", """{"type":"object"}""")]
    [InlineData("anyOf", """{"type":"integer"}""")]
    [InlineData("oneOf", """{"type":"integer"}""")]
    public void Branches_that_double_at_each_level(string keyword, string leaf)
    {
        string levels = string.Join(",", Enumerable.Range(0, 60).Select(level => $$"""  "S{{level}}":{"{{keyword}}":[{"$ref":"#/components/schemas/S{{level + 1}}"},{"$ref":"#/components/schemas/S{{level + 1}}"}]} """));
        TaskManifest manifest = Cheap(() => Manifests.OfBody("""{"$ref":"#/components/schemas/S0"}""", $$"""{ {{levels}}, "S60": {{leaf}} }"""));

        Assert.Contains("too many branches", Cheap(() => Assert.Throws<ManifestException>(() => manifest.Body("{}")).Message));
        Cheap(() => Record(() => manifest.Row()));
        Cheap(() => Record(() => manifest.Find("POST", "/p").ReadText("body.a", "1", out _)));
    }

    [Fact]
    public void Properties_that_double_at_each_level()
    {
        string levels = string.Join(",", Enumerable.Range(0, 26).Select(static level =>
            $$$"""  "S{{{level}}}":{"type":"object","required":["a","b"],"properties":{"a":{"$ref":"#/components/schemas/S{{{level + 1}}}"},"b":{"$ref":"#/components/schemas/S{{{level + 1}}}"} } } """));
        TaskManifest manifest = Cheap(() => Manifests.OfBody("""{"$ref":"#/components/schemas/S0"}""", $$$"""{ {{{levels}}}, "S26": {"type":"string"} }"""));

        Assert.InRange(Cheap(() => manifest.Row()).Length, 3, 1003);
    }

    [Theory]
    [InlineData("""{"type":"array","items":{"type":"object"},"minItems":2000000000}""")]
    [InlineData("""{"type":"string","minLength":2000000000}""")]
    [InlineData("""{"type":"object","minProperties":2000000000}""")]
    [InlineData("""{"contains":{"type":"object"},"minContains":2000000000}""")]
    [InlineData("""{"type":"string","pattern":"^(a{1000}){1000}$"}""")]
    [InlineData("""{"type":"number","minimum":1e999999999,"multipleOf":1e-999999999}""")]
    public void Large_samples(string schema)
    {
        TaskManifest manifest = Manifests.OfBody(schema, version: "3.1.0");

        Assert.InRange(Cheap(() => manifest.Row()).Sum(static cell => cell.Length), 10, 100_000);
    }

    [Fact]
    public void Patterns_that_backtrack()
    {
        string properties = string.Join(",", Enumerable.Range(0, 40).Select(static number => $$"""  "s{{number}}":{"pattern":"^(a+)+$"} """));
        TaskManifest manifest = Manifests.OfBody($$"""{"properties":{ {{properties}} } }""");
        string row = string.Join(",", Enumerable.Range(0, 40).Select(static number => $"\"s{number}\":\"{Repeat("a", 40)}!\""));

        Assert.Equal(40, Cheap(() => manifest.Body($"{{{row}}}")).Length);
    }

    [Fact]
    public void A_pattern_that_can_only_backtrack_is_not_asked_for_ever()
    {
        TaskManifest manifest = Manifests.OfBody("""{"items":{"pattern":"^(?=a)(a+)+$"}}""");
        string items = string.Join(",", Enumerable.Repeat($"\"{Repeat("a", 40)}!\"", 1000));

        Assert.Equal(1000, Cheap(() => manifest.Body($"[{items}]")).Length);
    }

    [Fact]
    public void Placeholders_without_slashes_between_them()
    {
        string path = $"/{string.Concat(Enumerable.Range(0, 14).Select(static number => $"1{{p{number}}}"))}!";

        Assert.Equal(["path operation"], Cheap(() => Manifests.OfParameters(path, "[]").Get($"/{Repeat("1", 4000)}")));
    }

    [Theory]
    [InlineData("""{"enum":[[1]],"items":{"$ref":"#/components/schemas/S"}}""", "[[[[[1]]]]]")]
    [InlineData("""{"uniqueItems":true,"items":{"$ref":"#/components/schemas/S"}}""", "[[[[[1]]]]]")]
    public void Comparing_at_each_level(string schema, string inner)
    {
        TaskManifest manifest = Manifests.OfBody("""{"$ref":"#/components/schemas/S"}""", $$"""{"S":{{schema}}}""");
        string value = Repeat("[0,", 450) + string.Join(",", Enumerable.Range(0, 20_000).Select(static number => $"{number}")) + Repeat("]", 450);

        Cheap(() => Record(() => manifest.Body(value)));
        Cheap(() => Record(() => manifest.Body(inner)));
    }

    [Theory]
    [InlineData("""{"properties":{"a":{"$ref":"#/components/schemas/S"}}}""", "{\"a\":", "}")]
    [InlineData("""{"oneOf":[{"type":"integer"},{"items":{"oneOf":[{"$ref":"#/components/schemas/S"}]}}]}""", "[", "]")]
    [InlineData("""{"uniqueItems":true,"enum":[[1]],"items":{"$ref":"#/components/schemas/S"}}""", "[0,", "]")]
    [InlineData("""{"allOf":[{"$ref":"#/components/schemas/S"}]}""", "[", "]")]
    public void Deep_values_and_schemas_on_a_small_stack(string schema, string open, string close)
    {
        TaskManifest manifest = Manifests.OfBody("""{"$ref":"#/components/schemas/S"}""", $$"""{"S":{{schema}}}""");
        Thread thread = new(() => Record(() => manifest.Body($"{Repeat(open, 500)}1{Repeat(close, 500)}")), maxStackSize: 1 << 20);

        thread.Start();

        thread.Join();
    }

    [Fact]
    public void Large_objects_are_checked_in_a_time_in_proportion()
    {
        string[] names = [.. Enumerable.Range(0, 40_000).Select(static number => $"\"n{number}\"")];
        TaskManifest manifest = Manifests.OfBody($$"""{"required":[{{string.Join(",", names)}}],"additionalProperties":{"type":"integer"} }""");

        Assert.Empty(Cheap(() => manifest.Body($"{{{string.Join(",", names.Select(static name => $"{name}:1"))}}}")));
    }

    [Fact]
    public void Long_numbers()
    {
        TaskManifest manifest = Manifests.OfBody("""{"multipleOf":7,"maximum":3}""");

        Cheap(() => Record(() => manifest.Body("1" + Repeat("0", 1_000_000) + "1")));
        Assert.Contains("longer than 1000 digits", Cheap(() => Assert.Throws<ManifestException>(() => Manifests.OfBody($$"""{"maximum":{{Repeat("9", 1_000_000)}}}""").Body("1")).Message));
    }

    private static string Repeat(string text, int times) => new StringBuilder(text.Length * times).Insert(0, text, times).ToString();

    /// <summary>An error is an answer as well, if it is one of ours.</summary>
    private static int Record(Action action)
    {
        try
        {
            action();
        }
        catch (ManifestException)
        {
        }

        return 0;
    }

    private static T Cheap<T>(Func<T> action, [CallerArgumentExpression(nameof(action))] string what = "")
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        Stopwatch watch = Stopwatch.StartNew();
        T result = action();
        TestContext.Current.SendDiagnosticMessage($"{what}: {watch.ElapsedMilliseconds} ms, {(GC.GetAllocatedBytesForCurrentThread() - before) >> 20} MB");
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostBytes);
        return result;
    }
}
