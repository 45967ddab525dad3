# Takes SecretStore's place where it is not installed; the vault itself is the stand-in of SecretManagement.
function Set-SecretStoreConfiguration {
    [CmdletBinding(SupportsShouldProcess)]
    param([string]$Authentication, [string]$Interaction, [securestring]$Password)
    $lock = Join-Path $HOME 'stand-in-vault.locked'
    if ($Authentication -eq 'Password') { New-Item $lock -Force | Out-Null } else { Remove-Item $lock -ErrorAction Ignore }
}
