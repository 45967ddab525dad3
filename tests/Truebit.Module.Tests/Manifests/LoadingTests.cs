using Truebit.Module.Tests.Hosting;
using Truebit.Rehearsals;

namespace Truebit.Module.Tests.Manifests;

/// <summary>What reads manifests is loaded by the first manifest; seen in a process of its own, because no assembly is ever unloaded.</summary>
public sealed class LoadingTests
{
    private const string Script = """
        $ErrorActionPreference = 'Stop'
        Import-Module $env:REHEARSAL_MODULE
        function Loaded { @([AppDomain]::CurrentDomain.GetAssemblies() | ForEach-Object { $_.GetName().Name } | Where-Object { $_ -match '^(Truebit\.Manifest|Microsoft\.OpenApi.*|SharpYaml)$' }) }
        Start-TruebitSandbox | Connect-Truebit
        $get = @{ Namespace = 'sandbox'; TaskName = 'petstore'; Method = 'GET'; Path = '/store/inventory' }
        $null = Invoke-TruebitTask @get
        $null = [pscustomobject]@{ Path = '/{'; 'params.x' = 1 } | Invoke-TruebitTask -Namespace n -TaskName t -Method GET -ErrorAction SilentlyContinue
        "without: $(Loaded)"
        $null = Invoke-TruebitTask @get -Manifest $env:PETSTORE
        "with: $((Loaded).Count -gt 0)"
        """;

    [Fact]
    public async Task Without_a_manifest_nothing_that_reads_one_is_loaded()
    {
        using ScriptHost host = new(Script, new Dictionary<string, string> { ["PETSTORE"] = Path.Combine(Repository.Samples, "petstore.manifest.json") });

        await host.RunAsync(TestContext.Current.CancellationToken);

        string output = await host.Output;
        Assert.Contains("without: \n", output.Replace("\r", ""));
        Assert.Contains("with: True", output);
    }
}
