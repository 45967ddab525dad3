# What all files of tests share; each dot-sources it in its BeforeAll. It imports the module that is to be tested: the one that
# $env:TRUEBIT_TEST_MODULE names by its manifest, or else out/Truebit, which `pwsh ./build.ps1` builds.

$root = Split-Path (Split-Path $PSScriptRoot)
$samples = Join-Path $root 'samples'
$manifest = if ($env:TRUEBIT_TEST_MODULE) { $env:TRUEBIT_TEST_MODULE } else { Join-Path $root 'out/Truebit/Truebit.psd1' }
Import-Module $manifest -Force

# The parameters of a call that costs next to nothing.
$echo = @{ Namespace = 'sandbox'; TaskName = 'echo'; Method = 'GET' }

function New-Row([int]$Count) {
    1..$Count | ForEach-Object { [pscustomobject]@{ Path = "/row/$_"; OrderId = "A-$_" } }
}

# Waits for something that must come.
function Wait-Until([scriptblock]$Holds, [string]$What) {
    $clock = [System.Diagnostics.Stopwatch]::StartNew()
    while (-not (& $Holds)) {
        if ($clock.Elapsed.TotalSeconds -gt 120) { throw "Waited in vain: $What" }
        [System.Threading.Thread]::Sleep(10)
    }
}

# The paths that the sandbox has executed, one for each charge.
function Get-PaidRow { (Get-TruebitSandbox -Ledger).Input | ForEach-Object { ($_ | ConvertFrom-Json).path } }

function Assert-PaidOnce {
    $paid = @(Get-PaidRow)
    @($paid | Sort-Object -Unique).Count | Should -Be $paid.Count -Because 'nothing may be paid for twice'
}

. (Join-Path $PSScriptRoot 'Shell.ps1')
