<#
.SYNOPSIS
    Builds the module into out/Truebit, and tests it.
.EXAMPLE
    pwsh ./build.ps1
.EXAMPLE
    pwsh ./build.ps1 -Task Test
#>
[CmdletBinding()]
param(
    # Build assembles out/Truebit. Test does that, runs all .NET tests, and then the Pester tests in this PowerShell.
    [ValidateSet('Build', 'Test')]
    [string]$Task = 'Build',

    [ValidateSet('Debug', 'Release')]
    [string]$Configuration = 'Release'
)

$ErrorActionPreference = 'Stop'

function Invoke-Dotnet {
    & dotnet @args
    if ($LASTEXITCODE -ne 0) {
        throw "dotnet $args ended with exit code $LASTEXITCODE."
    }
}

Push-Location $PSScriptRoot
try {
    if ($Task -eq 'Build') {
        Invoke-Dotnet build src/Truebit.Module --configuration $Configuration
        return
    }

    Invoke-Dotnet test --configuration $Configuration
    if (-not (Get-Module -ListAvailable -Name Pester | Where-Object Version -GE '5.0')) {
        Write-Warning 'The Pester tests were not run. Install Pester 5 or later: Install-Module Pester -Scope CurrentUser'
        return
    }

    Import-Module Pester -MinimumVersion 5.0
    $pester = Invoke-Pester -Path tests/Pester -PassThru
    "Pester: $($pester.PassedCount) passed, $($pester.FailedCount) failed"
    if ($pester.FailedCount -gt 0) {
        throw 'Pester tests failed.'
    }
}
finally {
    Pop-Location
}
