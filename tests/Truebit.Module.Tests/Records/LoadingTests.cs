using Truebit.Rehearsals;

namespace Truebit.Module.Tests.Records;

/// <summary>The curve's library is large: it is loaded when a sandbox first signs, and not before. In a process of its own.</summary>
public sealed class LoadingTests
{
    private const string Script = """
        Import-Module $env:REHEARSAL_MODULE
        function Show($when) {
            $loaded = [AppDomain]::CurrentDomain.GetAssemblies() |
                ForEach-Object { $_.GetName().Name } |
                Where-Object { $_ -eq 'Truebit.Proof' -or $_ -like 'BouncyCastle*' -or $_ -eq 'Truebit.Sandbox' }
            "$when $($loaded -join ' ')"
        }
        Show 'imported:'
        Start-TruebitSandbox | Connect-Truebit
        $executions = 1..50 | ForEach-Object { @{ Path = "/$_" } } | Invoke-TruebitTask -Namespace sandbox -TaskName echo -Method GET
        Show 'executed:'
        $null = $executions | Get-TruebitInvoice
        Show 'signed:'
        """;

    [Fact]
    public async Task Nothing_that_signs_is_loaded_before_something_is_signed()
    {
        using ScriptHost host = new(Script, new Dictionary<string, string>());

        await host.RunAsync(TestContext.Current.CancellationToken);

        string[] lines = [.. (await host.Output).Split('\n').Select(static line => line.Trim()).Where(static line => line.Length > 0)];
        Assert.Equal("executed: Truebit.Sandbox", lines[1]);
        Assert.DoesNotContain("Proof", lines[0]);
        Assert.Contains("Truebit.Proof", lines[2]);
        Assert.Contains("BouncyCastle.Cryptography", lines[2]);
    }
}
