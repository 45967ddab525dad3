namespace Truebit.Module.Tests.ModuleFiles;

/// <summary>
/// An assembly is loaded by the first that needs it: an import loads none of the sandbox, the proof and manifests, and a run only what
/// it uses. In a process of its own, because no assembly is ever unloaded.
/// </summary>
public sealed class LoadingTests
{
    private const string Script = """
        $ErrorActionPreference = 'Stop'
        Import-Module $env:REHEARSAL_MODULE
        function Show($when) {
            $loaded = [AppDomain]::CurrentDomain.GetAssemblies() |
                ForEach-Object { $_.GetName().Name } |
                Where-Object { $_ -match '^(Truebit\.(Sandbox|Proof|Manifest)|BouncyCastle\..*|YamlDotNet)$' }
            "$when $($loaded -join ' ')"
        }
        Show 'imported:'
        Start-TruebitSandbox | Connect-Truebit
        $get = @{ Namespace = 'sandbox'; TaskName = 'petstore'; Method = 'GET'; Path = '/store/inventory' }
        $executions = 1..50 | ForEach-Object { [pscustomobject]$get } | Invoke-TruebitTask
        $null = [pscustomobject]@{ Path = '/{'; 'params.x' = 1 } | Invoke-TruebitTask -Namespace n -TaskName t -Method GET -ErrorAction SilentlyContinue
        Show 'executed:'
        $null = Invoke-TruebitTask @get -Manifest $env:PETSTORE
        Show 'checked:'
        "# YAML`n$(Get-Content -Raw $env:PETSTORE)" | Set-Content $env:PETSTORE_YAML
        $null = Invoke-TruebitTask @get -Manifest $env:PETSTORE_YAML
        Show 'read YAML:'
        $null = $executions | Get-TruebitInvoice
        Show 'signed:'
        """;

    [Fact]
    public async Task Only_what_is_used_is_loaded()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("truebit-loading-");
        using ScriptHost host = new(Script, new Dictionary<string, string>
        {
            ["PETSTORE"] = Path.Combine(Repository.Samples, "petstore.manifest.json"),
            ["PETSTORE_YAML"] = Path.Combine(folder.FullName, "petstore.yaml"),
        });

        await host.RunAsync(TestContext.Current.CancellationToken);
        folder.Delete(recursive: true);

        string[] lines = [.. (await host.Output).Split('\n').Select(static line => line.Trim()).Where(static line => line.Length > 0)];
        Assert.Equal(["imported:", "executed: Truebit.Sandbox"], lines[..2]);
        Assert.Contains("Truebit.Manifest", lines[2]);
        Assert.DoesNotContain("Proof", lines[2]);
        Assert.DoesNotContain("YamlDotNet", lines[2]);
        Assert.Contains("YamlDotNet", lines[3]);
        Assert.DoesNotContain("Proof", lines[3]);
        Assert.Contains("Truebit.Proof", lines[4]);
        Assert.Contains("BouncyCastle.Cryptography", lines[4]);
    }
}
