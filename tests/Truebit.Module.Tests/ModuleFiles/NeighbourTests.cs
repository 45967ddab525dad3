namespace Truebit.Module.Tests.ModuleFiles;

/// <summary>
/// A module with other versions of System.Text.Json and BouncyCastle (tests/Neighbour), loaded without a context of its own as
/// most are, in the same session. Each order is a process of its own.
/// </summary>
public sealed class NeighbourTests
{
    private const string Truebit = "Import-Module $env:REHEARSAL_MODULE -ErrorAction Stop";
    private const string Neighbour = "Import-Module $env:NEIGHBOUR -ErrorAction Stop";
    private const string UseTruebit = """
        Start-TruebitSandbox | Connect-Truebit
        $execution = Invoke-TruebitTask -Namespace sandbox -TaskName petstore -Method GET -Path /store/inventory -Manifest $env:PETSTORE
        "truebit $($execution.Status) $(($execution | Get-TruebitTranscript -Wait | Test-TruebitProof).Result)"
        """;

    /// <summary>The assemblies of others that come with the module.</summary>
    private static readonly string[] Packages = ["BouncyCastle.Cryptography", "YamlDotNet"];

    public static TheoryData<string[]> Orders { get; } =
    [
        new[] { Truebit, UseTruebit, Neighbour, "Get-Neighbour", UseTruebit },
        new[] { Neighbour, "Get-Neighbour", Truebit, UseTruebit, "Get-Neighbour" },
        new[] { Truebit, Neighbour, UseTruebit, "Get-Neighbour" },
        new[] { Neighbour, Truebit, "Get-Neighbour", UseTruebit },
    ];

    [Theory]
    [MemberData(nameof(Orders))]
    public async Task Both_modules_work_in_either_order(string[] order)
    {
        string folder = Path.Combine(Repository.Root, "tests", "Neighbour", "bin", Repository.Configuration, "net8.0");
        string contexts = """
            foreach ($context in [System.Runtime.Loader.AssemblyLoadContext]::All) {
                foreach ($assembly in $context.Assemblies) { "$($context.Name): $($assembly.GetName().Name)" }
            }
            """;
        string yaml = Path.GetTempFileName();
        await File.WriteAllTextAsync(yaml, $"# YAML\n{await File.ReadAllTextAsync(Path.Combine(Repository.Samples, "petstore.manifest.json"), TestContext.Current.CancellationToken)}", TestContext.Current.CancellationToken);
        using ScriptHost host = new(
            string.Join("\n", [.. order, contexts]),
            new Dictionary<string, string>
            {
                ["NEIGHBOUR"] = Path.Combine(folder, "Neighbour.dll"),
                ["PETSTORE"] = yaml,
            });

        await host.RunAsync(TestContext.Current.CancellationToken);
        File.Delete(yaml);
        string[] lines = (await host.Output).Split('\n', StringSplitOptions.TrimEntries);

        Assert.Equal("", await host.Errors);
        Assert.Equal(order.Count(static step => step == UseTruebit), lines.Count(static line => line == "truebit Success Proved"));
        Assert.Contains("keccak C5-D2-46-01", lines);
        Assert.Contains("json [1,2]", lines);
        Assert.Contains($"BouncyCastle.Cryptography 2.0 {Path.Combine(folder, "BouncyCastle.Cryptography.dll")}", lines);
        Assert.Contains(lines, static line => line.StartsWith("System.Text.Json ", StringComparison.Ordinal));

        // Where other modules are, the module has nothing that another could have as well. Everything is loaded once.
        Assert.Equal(["Truebit.Client", "Truebit.Module", "Truebit.Sandbox"], Loaded("Default").Where(static name => name.StartsWith("Truebit.", StringComparison.Ordinal)));
        Assert.Equal(["BouncyCastle.Cryptography", "Neighbour"], Loaded("Default").Where(static name => name is "Neighbour" || Packages.Contains(name)));
        Assert.Equal(["Truebit.Manifest", "Truebit.Proof", .. Packages], Loaded("Truebit").OrderByDescending(static name => name.StartsWith("Truebit.", StringComparison.Ordinal)));

        string[] Loaded(string context) =>
            [.. lines.Where(line => line.StartsWith(context + ": ", StringComparison.Ordinal)).Select(line => line[(context.Length + 2)..]).Order(StringComparer.Ordinal)];
    }
}
