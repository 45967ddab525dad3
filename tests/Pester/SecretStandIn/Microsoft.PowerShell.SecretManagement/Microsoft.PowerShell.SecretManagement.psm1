# Takes SecretManagement's place where it is not installed: what Truebit calls of it, with one file in the home folder as the vault,
# so that every runspace sees the same secrets.
$file = Join-Path $HOME 'stand-in-vault.xml'

class PasswordRequiredException : System.Exception {
    PasswordRequiredException([string]$message) : base($message) {}
}

function Read-Vault { if (Test-Path $file) { Import-Clixml $file } else { @{} } }

function Register-SecretVault {
    param([string]$Name, [string]$ModuleName)
    $vaults = Read-Vault
    $vaults[$Name] = @{}
    $vaults | Export-Clixml $file
}

function Get-SecretVault {
    [CmdletBinding()]
    param()
    (Read-Vault).Keys | ForEach-Object { [pscustomobject]@{ Name = "$_" } }
}

function Set-Secret {
    param([string]$Name, [string]$Secret, [string]$Vault)
    $vaults = Read-Vault
    $vaults[$Vault][$Name] = $Secret
    $vaults | Export-Clixml $file
}

function Get-SecretInfo {
    [CmdletBinding()]
    param([string]$Vault)
    $vaults = Read-Vault
    $vaults.Keys | Where-Object { -not $Vault -or $_ -eq $Vault } | ForEach-Object { $vaults[$_].Keys } | ForEach-Object { [pscustomobject]@{ Name = "$_" } }
}

function Get-Secret {
    [CmdletBinding()]
    param([Parameter(Mandatory)][string]$Name, [string]$Vault)
    if (Test-Path (Join-Path $HOME 'stand-in-vault.locked')) {
        $locked = [PasswordRequiredException]::new('A valid password is required to access the vault.')
        $PSCmdlet.ThrowTerminatingError([System.Management.Automation.ErrorRecord]::new($locked, 'PasswordRequired', 'NotSpecified', $null))
    }
    $vaults = Read-Vault
    $found = $vaults.Keys | Where-Object { (-not $Vault -or $_ -eq $Vault) -and $vaults[$_].ContainsKey($Name) } | Select-Object -First 1
    if ($found) { return [System.Net.NetworkCredential]::new('', $vaults[$found][$Name]).SecurePassword }
    Write-Error -Message "The secret $Name was not found." -Category ObjectNotFound -ErrorId GetSecretNotFound
}
