# Runs the Pester tests on the module that $env:TRUEBIT_TEST_MODULE names, in this PowerShell, which must be of the version told.
[CmdletBinding()]
param(
    [Parameter(Mandatory = $true)]
    [string]$PowerShellVersion
)

$ErrorActionPreference = 'Stop'

if ($PSVersionTable.PSVersion.ToString(2) -ne $PowerShellVersion) {
    throw "This is PowerShell $($PSVersionTable.PSVersion), and not $PowerShellVersion."
}

if ($PSVersionTable.PSEdition -eq 'Desktop') {
    [System.Net.ServicePointManager]::SecurityProtocol = [System.Net.ServicePointManager]::SecurityProtocol -bor [System.Net.SecurityProtocolType]::Tls12
    [void](Install-PackageProvider -Name NuGet -MinimumVersion 2.8.5.201 -Force)
}

$pester = ([xml](Get-Content (Join-Path $PSScriptRoot '../../Directory.Packages.props') -Raw)).Project.PropertyGroup.PesterVersion
Set-PSRepository -Name PSGallery -InstallationPolicy Trusted
Install-Module Pester -RequiredVersion $pester -Scope CurrentUser -Force -SkipPublisherCheck
Install-Module Microsoft.PowerShell.SecretManagement, Microsoft.PowerShell.SecretStore -Scope CurrentUser -Force

Import-Module Pester -RequiredVersion $pester
$result = Invoke-Pester -Path (Join-Path $PSScriptRoot '../../tests/Pester') -PassThru
"$($result.PassedCount) passed, $($result.FailedCount) failed, $($result.SkippedCount) skipped"
if ($result.FailedCount -gt 0 -or $result.PassedCount -eq 0) {
    throw 'The Pester tests failed.'
}
