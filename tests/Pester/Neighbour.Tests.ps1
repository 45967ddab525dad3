#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }
# A module with another BouncyCastle and System.Text.Json (tests/Neighbour), imported before and after Truebit, each time in a shell of its own:
# what a process has loaded, it keeps. `dotnet build tests/Neighbour` first.

BeforeDiscovery {
    $folder = if ($PSVersionTable.PSEdition -eq 'Core') { 'net8.0' } else { 'net472' }
    $neighbour = Get-ChildItem (Join-Path $PSScriptRoot "../Neighbour/bin/*/$folder/Neighbour.dll") -ErrorAction SilentlyContinue | Select-Object -First 1
    $orders = @{ Name = 'before'; First = $neighbour.FullName; Neighbour = $neighbour.FullName }, @{ Name = 'after'; First = ''; Neighbour = $neighbour.FullName }
}

Describe 'A neighbour' -Skip:(-not $neighbour) {
    It 'works when it is imported <Name> Truebit, and so does Truebit' -ForEach $orders {
        $root = Split-Path (Split-Path $PSScriptRoot)
        $manifest = if ($env:TRUEBIT_TEST_MODULE) { $env:TRUEBIT_TEST_MODULE } else { Join-Path $root 'out/Truebit/Truebit.psd1' }
        $script = Join-Path $TestDrive 'both.ps1'
        Set-Content $script @'
param($Module, $Neighbour, [switch]$NeighbourFirst)
$ErrorActionPreference = 'Stop'
function Use-Truebit {
    $execution = Invoke-TruebitTask -Namespace sandbox -TaskName echo -Method GET -Path /x
    ($execution | Get-TruebitTranscript -Wait | Test-TruebitProof).Result.ToString()
}
if ($NeighbourFirst) { Import-Module $Neighbour; Get-Neighbour }
Import-Module $Module
Start-TruebitSandbox | Connect-Truebit
Use-Truebit
Import-Module $Neighbour
Get-Neighbour
Use-Truebit
Stop-TruebitSandbox
'@
        . (Join-Path $PSScriptRoot 'Common.ps1')
        $order = if ($First) { @('-NeighbourFirst') } else { @() }
        $lines = & $shell @shellArguments $script $manifest $Neighbour @order 2>&1
        $LASTEXITCODE | Should -Be 0 -Because "$lines"
        @($lines -eq 'Proved').Count | Should -Be 2
        $lines | Should -Contain 'keccak C5-D2-46-01'
        @($lines -like 'BouncyCastle.Cryptography 2.0 *').Count | Should -BeGreaterOrEqual 1
    }
}
