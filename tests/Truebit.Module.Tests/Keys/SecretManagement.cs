using Truebit.Module.Tests.Hosting;

namespace Truebit.Module.Tests.Keys;

/// <summary>
/// A module of SecretManagement's name with a Get-Secret that behaves like it: secrets by name and vault, a
/// SecureString unless it is something else, an error for what is not there. A locked one ends the command where it is the
/// default vault, and writes an error where it was named. It counts how often it is asked.
/// </summary>
internal sealed class SecretManagement : IDisposable
{
    private const string Script =
        """
        $script:Secrets = @{}
        $script:Asked = [System.Collections.Generic.List[string]]::new()
        function Get-Secret {
            [CmdletBinding()]
            param([Parameter(Mandatory, Position = 0)][string] $Name, [string] $Vault, [switch] $AsPlainText)
            $script:Asked.Add("$Vault/$Name")
            if (-not (Get-SecretVault)) { Write-Warning 'There are currently no extension vaults registered.' }
            if ($Vault -and -not ($script:Secrets.Keys -like "$Vault/*")) {
                $PSCmdlet.ThrowTerminatingError((New-TestError "Vault $Vault does not exist in registry."))
            }
            if ($script:Failure -and -not $Vault) { $PSCmdlet.ThrowTerminatingError([System.Management.Automation.ErrorRecord]::new($script:Failure, 'x', 'InvalidOperation', $null)) }
            if ($script:Failure) { $PSCmdlet.WriteError([System.Management.Automation.ErrorRecord]::new($script:Failure, 'GetSecretException', 'InvalidOperation', $null)) }
            if ($script:Failure) { $PSCmdlet.WriteError((New-TestError "The secret $Name was not found.")); return }
            $found = @($script:Secrets.Keys | Where-Object { $_ -eq "$Vault/$Name" -or (-not $Vault -and $_ -like "*/$Name") })
            if (-not $found) { $PSCmdlet.WriteError((New-TestError "The secret $Name was not found.")); return }
            $secret = $script:Secrets[$found[0]]
            if ($secret -is [string]) { [System.Net.NetworkCredential]::new('', $secret).SecurePassword } else { $secret }
        }
        function Get-SecretVault {
            [CmdletBinding()] param()
            $script:Secrets.Keys | ForEach-Object { $_.Split('/')[0] } | Sort-Object -Unique | ForEach-Object { [pscustomobject]@{ Name = $_ } }
        }
        function New-TestError($Message) {
            [System.Management.Automation.ErrorRecord]::new([System.Management.Automation.ItemNotFoundException]::new($Message), 'GetSecret', 'ObjectNotFound', $null)
        }
        function Set-TestSecret($Vault, $Name, $Secret) { $script:Secrets["$Vault/$Name"] = $Secret }
        class PasswordRequiredException : System.Exception { PasswordRequiredException([string] $message) : base($message) {} }
        function Lock-TestVault { $script:Failure = [PasswordRequiredException]::new("A valid password is required.`nUse Unlock-SecretStore.") }
        function Break-TestVault {
            $cause = [System.InvalidOperationException]::new('PowerShell is in NonInteractive mode.')
            $script:Failure = [System.InvalidOperationException]::new('Unable to get secret from vault v1', $cause)
        }
        function Get-TestAsked { , $script:Asked.ToArray() }
        Export-ModuleMember -Function *
        """;

    private readonly DirectoryInfo _modules = Directory.CreateTempSubdirectory("truebit-tests-");

    public SecretManagement()
    {
        DirectoryInfo folder = _modules.CreateSubdirectory("Microsoft.PowerShell.SecretManagement");
        ModuleFile = Path.Combine(folder.FullName, "Microsoft.PowerShell.SecretManagement.psm1");
        File.WriteAllText(ModuleFile, Script);
    }

    /// <summary>The folder for PSModulePath.</summary>
    public string Folder => _modules.FullName;

    public string ModuleFile { get; }

    /// <summary>Imports it by its path: no other runspace sees it.</summary>
    public Engine Import(Engine engine)
    {
        engine["secretManagement"] = ModuleFile;
        engine.Ok("Import-Module $secretManagement");
        return engine;
    }

    /// <summary>What was asked for, as <c>vault/name</c>.</summary>
    public static string[] Asked(Engine engine) => [.. ((object[])engine.Ok("Get-TestAsked").Output.Single().BaseObject).Cast<string>()];

    public void Dispose() => _modules.Delete(recursive: true);
}
