<#
.SYNOPSIS
    Runs one file of tests in this shell, and writes what came of each test as JSON.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)]
    [string]$Path,

    # The manifest of Pester.
    [Parameter(Mandatory)]
    [string]$Pester,

    [Parameter(Mandatory)]
    [string]$ResultFile
)

# Not by $ErrorActionPreference: the tests would inherit it, and a user's shell has the default.
Import-Module $Pester -ErrorAction Stop
$run = Invoke-Pester -Path $Path -PassThru -Output Normal
$file = Split-Path $Path -Leaf
$results = @(
    foreach ($test in $run.Tests) {
        @{ File = $file; Name = $test.ExpandedPath; Result = "$($test.Result)"; Message = "$($test.ErrorRecord)" }
    }

    # What fails outside of a test: the file itself, or what runs before or after its tests.
    foreach ($container in $run.FailedContainers) {
        @{ File = $file; Name = 'the whole file'; Result = 'Failed'; Message = "$($container.ErrorRecord)" }
    }

    foreach ($block in $run.FailedBlocks) {
        @{ File = $file; Name = $block.ExpandedPath; Result = 'Failed'; Message = "$($block.ErrorRecord)" }
    }
)
ConvertTo-Json @($results) | Set-Content -LiteralPath $ResultFile -Encoding utf8
