using Truebit.Rehearsals;

namespace Truebit.Module.Tests.ModuleFiles;

/// <summary>In a process of its own: in this one other tests have loaded everything.</summary>
public sealed class LoadTests
{
    private const string Script = """
        function Get-Loaded {
            $names = [System.AppDomain]::CurrentDomain.GetAssemblies() | ForEach-Object { $_.GetName().Name }
            "$('Truebit.Module', 'Truebit.Proof', 'BouncyCastle.Cryptography' | Where-Object { $_ -in $names })"
        }
        Import-Module $env:REHEARSAL_MODULE
        Start-TruebitSandbox | Connect-Truebit
        $execution = Invoke-TruebitTask -Namespace sandbox -TaskName echo -Method GET -Path /a
        $null = Get-Command -Module Truebit -Syntax
        "before: $(Get-Loaded)."
        $null = $execution | Get-TruebitTranscript | Test-TruebitProof
        "after: $(Get-Loaded)."
        """;

    [Fact]
    public async Task What_proves_is_loaded_when_first_needed()
    {
        using ScriptHost host = new(Script, new Dictionary<string, string>());

        await host.RunAsync(TestContext.Current.CancellationToken);

        string output = await host.Output;
        Assert.Contains("before: Truebit.Module.", output);
        Assert.Contains("after: Truebit.Module Truebit.Proof BouncyCastle.Cryptography.", output);
    }
}
