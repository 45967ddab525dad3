<#
.SYNOPSIS
    Builds the module into out/Truebit, tests it, and makes its packages.
.DESCRIPTION
    Needs the .NET 10 SDK. Without a PowerShell of your own, start it from the pinned one: dotnet tool restore; dotnet pwsh ./build.ps1
.EXAMPLE
    ./build.ps1
.EXAMPLE
    ./build.ps1 -Task Test
.EXAMPLE
    ./build.ps1 -Task Package
#>
[CmdletBinding()]
param(
    # Build assembles out/Truebit. Test runs all tests, and the Pester tests in this PowerShell, too, where it is not the pinned one.
    # Package makes out/packages: Truebit.VERSION.nupkg for the PowerShell Gallery, Truebit.zip for Azure Automation.
    [ValidateSet('Build', 'Test', 'Package')]
    [string]$Task = 'Build',

    [ValidateSet('Debug', 'Release')]
    [string]$Configuration = 'Release'
)

$ErrorActionPreference = 'Stop'

if (-not (Get-Command dotnet -CommandType Application -ErrorAction Ignore)) {
    throw 'dotnet was not found. Install the .NET 10 SDK and start a new shell.'
}

function Invoke-Dotnet([string[]]$Arguments) {
    & dotnet $Arguments
    if ($LASTEXITCODE -ne 0) {
        throw "dotnet $Arguments ended with exit code $LASTEXITCODE."
    }
}

# Runs the Pester tests in this PowerShell, with the Pester that `dotnet test` has restored.
function Invoke-PinnedPester([string]$Version) {
    $packages = (dotnet nuget locals global-packages --list) -replace '^global-packages: '
    Import-Module (Join-Path $packages "pester/$Version/tools/Pester.psd1")
    $pester = Invoke-Pester -Path tests/Pester -PassThru
    "Pester $Version in PowerShell $($PSVersionTable.PSVersion): $($pester.PassedCount) passed, $($pester.FailedCount) failed"
    if ($pester.FailedCount -gt 0) {
        throw 'Pester tests failed.'
    }
}

Push-Location $PSScriptRoot
try {
    switch ($Task) {
        Build {
            Invoke-Dotnet -Arguments 'build', 'src/Truebit.Module', '--configuration', $Configuration
        }
        Package {
            # As on a build server: where the sources lie is no part of the assemblies.
            Invoke-Dotnet -Arguments 'build', 'src/Truebit.Module', '--configuration', $Configuration, '-p:ContinuousIntegrationBuild=true'
            Invoke-Dotnet -Arguments 'run', '--project', 'src/Truebit.Packaging', '--configuration', $Configuration, '--', 'out/Truebit', 'CHANGELOG.md', 'out/packages'
        }
        Test {
            Invoke-Dotnet -Arguments 'test', '--configuration', $Configuration
            $pins = ([xml](Get-Content Directory.Packages.props -Raw)).Project.PropertyGroup
            if ("$($PSVersionTable.PSVersion)" -ne $pins.PowerShellVersion) {
                Invoke-PinnedPester -Version $pins.PesterVersion
            }
        }
    }
}
finally {
    Pop-Location
}
