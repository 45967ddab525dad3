<#
.SYNOPSIS
    Builds the module into out/Truebit, tests it, and makes its packages.
.EXAMPLE
    pwsh ./build.ps1
.EXAMPLE
    pwsh ./build.ps1 -Task Test
.EXAMPLE
    pwsh ./build.ps1 -Task Package
#>
[CmdletBinding()]
param(
    # Build assembles out/Truebit. Test does that, runs all .NET tests, and then the Pester tests in this PowerShell.
    # Package makes out/packages: Truebit.VERSION.nupkg for the PowerShell Gallery, Truebit.zip for Azure Automation.
    [ValidateSet('Build', 'Test', 'Package')]
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

    if ($Task -eq 'Package') {
        # As on a build server: where the sources lie is no part of the assemblies.
        Invoke-Dotnet build src/Truebit.Module --configuration $Configuration '-p:ContinuousIntegrationBuild=true'
        Invoke-Dotnet run --project src/Truebit.Packaging --configuration $Configuration -- out/Truebit CHANGELOG.md out/packages
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
