#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }
# Rows that are checked by their task's manifest before anything is paid.

BeforeAll {
    . (Join-Path $PSScriptRoot 'Common.ps1')
    $petstore = Join-Path $samples 'petstore.manifest.json'
    $orders = Join-Path $samples 'orders.csv'
}
AfterAll { Remove-Module Truebit }

Describe 'A manifest' {
    It 'makes a template that Export-Csv and Import-Csv leave valid' {
        $csv = Join-Path $TestDrive 'template.csv'
        New-TruebitTaskTemplate $petstore -Namespace sandbox -TaskName petstore | Export-Csv $csv -NoTypeInformation
        $checks = Import-Csv $csv | Test-TruebitTask -Manifest $petstore
        $checks.Count | Should -Be 4
        $checks.IsValid | Sort-Object -Unique | Should -BeTrue -Because "$($checks.Problems)"
    }

    It 'finds the bad row of a file, and its field' {
        $bad = Import-Csv $orders | Test-TruebitTask -Manifest $petstore | Where-Object IsValid -EQ $false
        $bad.Row | Should -Be 6
        $bad.Problems.Field | Should -Be 'body.status'
    }

    It 'lets nothing be sent unless every row is right' {
        Start-TruebitSandbox -Task @{ 'sandbox/petstore' = $petstore } | Connect-Truebit
        try {
            $run = @{ Manifest = $petstore; RequireAllValid = $true }
            { Import-Csv $orders | Invoke-TruebitTask @run -ErrorAction SilentlyContinue } | Should -Throw -ErrorId 'NotSent,*'
            (Get-TruebitSandbox).Submissions | Should -Be 0
            @(Import-Csv $orders | Where-Object 'body.status' -NE 'shipped' | Invoke-TruebitTask @run).Count | Should -Be 13
        }
        finally {
            Disconnect-Truebit
            Stop-TruebitSandbox
        }
    }
}
