#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }
# The README's commands, in a shell of their own, in order, on the first and on the second day in the same folder.

BeforeAll {
    . (Join-Path $PSScriptRoot 'Common.ps1')
    $lines = Get-Content (Join-Path $root 'README.md')
    $folder = New-Item -ItemType Directory (Join-Path $TestDrive 'clone')
    Copy-Item $samples $folder -Recurse
    New-Item -ItemType Directory (Join-Path $folder 'out') | Out-Null
    Copy-Item (Split-Path $manifest) (Join-Path $folder 'out/Truebit') -Recurse

    # What is fenced as PowerShell; what is indented is for reading.
    $blocks = [regex]::Matches(($lines -join "`n"), '(?s)```powershell\n(.*?)```') | ForEach-Object { $_.Groups[1].Value }
    $script = Join-Path $folder 'readme.ps1'
    Set-Content $script (@('$ErrorActionPreference = ''Continue''', 'Set-Location $PSScriptRoot') + $blocks)
}
AfterAll { Remove-Module Truebit }

Describe 'The README' {
    It 'has at most 200 lines' { $lines.Count | Should -BeLessOrEqual 200 }

    It 'runs as it stands on <_>' -ForEach 'the first day', 'the second day' {
        $blocks.Count | Should -BeGreaterThan 6
        $out = & $shell @shellArguments $script 2>&1
        $errors = @($out | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] } | ForEach-Object { "$_" })

        # Row 6 of the orders is refused, where it is not silenced; a new shell has no journal of another hub.
        $errors | Where-Object { $_ -and $_ -notmatch 'Row 6|The hub refused the request \(400\)|^\s*$|Line \||~~|\d+ \|' } | Should -BeNullOrEmpty
        @(Import-Csv (Join-Path $folder 'samples/results.csv')).Count | Should -Be 14
        @(Get-ChildItem (Join-Path $folder 'samples/evidence') -Filter *.zip).Count | Should -BeGreaterThan 12
        "$out" | Should -Match 'Proved'
    }
}
