#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }
# Runs that are interrupted and go on. The sandbox's ledger says what was paid for.

BeforeAll {
    . (Join-Path $PSScriptRoot 'Common.ps1')

    # A shell of its own that runs 200 rows with a journal; its output goes to a file beside the journal.
    function Start-Run([string]$Journal) {
        $script = Join-Path $TestDrive 'run.ps1'
        Set-Content $script @'
param($Module, $Endpoint, $Journal)
Import-Module $Module
1..200 | ForEach-Object { [pscustomobject]@{ Path = "/row/$_"; OrderId = "A-$_" } } |
    Invoke-TruebitTask -Namespace sandbox -TaskName echo -Method GET -Endpoint $Endpoint -Journal $Journal -ThrottleLimit 4 |
    ForEach-Object ExecutionId
'@
        $start = @{
            FilePath               = $shell
            ArgumentList           = $shellArguments + $script, $manifest, "$($sandbox.Endpoint)", $Journal
            RedirectStandardOutput = "$Journal.out"
            RedirectStandardError  = "$Journal.err"
            PassThru               = $true
        }
        $env:TRUEBIT_API_KEY = $sandbox.ApiKey.Reveal()
        try { Start-Process @start } finally { Remove-Item env:TRUEBIT_API_KEY }
    }
}
AfterAll { Remove-Module Truebit }

Describe 'A journal' {
    BeforeEach {
        $sandbox = Start-TruebitSandbox -Latency 0.1
        $sandbox | Connect-Truebit
        $journal = Join-Path $TestDrive "$([guid]::NewGuid()).journal"
    }
    AfterEach { Disconnect-Truebit; Stop-TruebitSandbox }

    It 'goes on after Ctrl+C in another shell, and nothing is paid twice' -Skip:($PSVersionTable.PSEdition -ne 'Core' -or $IsWindows) {
        $run = Start-Run $journal
        Wait-Until { (Get-TruebitSandbox).Charges -ge 12 } 'twelve charges'
        & (Get-Command kill -CommandType Application | Select-Object -First 1) -INT $run.Id
        $run.WaitForExit(60000) | Should -BeTrue
        (Get-TruebitSandbox).Charges | Should -BeLessThan 200

        # It learned the ids of all that it had sent: nothing is unknown.
        @(Get-TruebitJournal $journal | Where-Object IsUnknown).Count | Should -Be 0
        $results = New-Row 200 | Invoke-TruebitTask @echo -Journal $journal -ThrottleLimit 64
        @($results.InputObject.Path | Sort-Object -Unique).Count | Should -Be 200
        (Get-TruebitSandbox).Charges | Should -Be 200
        Assert-PaidOnce
    }

    It 'goes on after the shell was killed; what is unknown is settled by the ledger' {
        $run = Start-Run $journal
        Wait-Until { (Get-TruebitSandbox).Charges -ge 12 } 'twelve charges'
        Stop-Process -Id $run.Id -Force
        $run.WaitForExit()
        $ids = @{}
        Get-TruebitSandbox -Ledger | ForEach-Object { $ids[($_.Input | ConvertFrom-Json).path] = $_.ExecutionId }

        foreach ($row in Get-TruebitJournal $journal -State Sending, Unknown) {
            $id = $ids["/row/$($row.Row)"]
            if ($id) { $row | Resolve-TruebitJournal -ExecutionId $id } else { $row | Resolve-TruebitJournal -NotExecuted }
        }

        $results = New-Row 200 | Invoke-TruebitTask @echo -Journal $journal -ThrottleLimit 64
        @($results).Count | Should -Be 200
        (Get-TruebitSandbox).Charges | Should -Be 200
        Assert-PaidOnce
    }

    It 'repeats a run that went through, and sends nothing' {
        $first = New-Row 10 | Invoke-TruebitTask @echo -Journal $journal -Key OrderId
        $before = (Get-TruebitSandbox).Submissions
        $second = New-Row 10 | Invoke-TruebitTask @echo -Journal $journal -Key OrderId
        (Get-TruebitSandbox).Submissions | Should -Be $before
        $second.ExecutionId | Sort-Object | Should -Be @($first.ExecutionId | Sort-Object)
        (Get-TruebitJournal $journal).Key | Sort-Object | Should -Be @((New-Row 10).OrderId | Sort-Object)
    }

    It 'is exported to CSV, and read again by id' {
        $csv = "$journal.csv"
        New-Row 3 | Invoke-TruebitTask @echo -Journal $journal | Out-Null
        Get-TruebitJournal $journal | Export-Csv $csv -NoTypeInformation
        (Import-Csv $csv).State | Should -Be ('Finished', 'Finished', 'Finished')
        @(Import-Csv $csv | Get-TruebitExecution).Status | Should -Be ('Success', 'Success', 'Success')
    }

    It 'belongs to its hub' {
        New-Row 2 | Invoke-TruebitTask @echo -Journal $journal | Out-Null
        { Set-TruebitJournal $journal -Endpoint https://hub.test -ErrorAction Stop } | Should -Throw -ErrorId 'JournalHubMismatch,*'
        $first = Get-TruebitSandbox
        Start-TruebitSandbox | Connect-Truebit
        { New-Row 2 | Invoke-TruebitTask @echo -Journal $journal } | Should -Throw -ErrorId 'JournalHubMismatch,*'
        (Get-TruebitSandbox | Where-Object Endpoint -NE $first.Endpoint).Charges | Should -Be 0
    }

    It 'is split for two machines, and goes on there' {
        New-Row 6 | Invoke-TruebitTask @echo -Key OrderId -Journal $journal -MaxSubmissions 2 -WarningAction SilentlyContinue | Out-Null
        $parts = Split-TruebitJournal $journal 2
        $parts.Count | Should -Be 2
        1..2 | ForEach-Object { New-Row 6 | Invoke-TruebitTask @echo -Key OrderId -Shard "$_/2" -Journal $parts[$_ - 1].FullName } | Out-Null
        (Get-TruebitSandbox).Submissions | Should -Be 6
    }

    It 'has a report, and a connection that can be tested before it costs anything' {
        (Test-TruebitConnection).StatusCode | Should -Be 404
        New-Row 3 | Invoke-TruebitTask @echo -Journal $journal | Out-Null
        $report = Export-TruebitReport $journal (Join-Path $TestDrive 'report.html')
        Get-Content $report.FullName -Raw | Should -BeLike '*sandbox/echo*'
    }

    It 'is merged from the journals of shards' {
        1..3 | ForEach-Object { New-Row 9 | Invoke-TruebitTask @echo -Key OrderId -Shard "$_/3" -Journal "$journal.$_" } | Out-Null
        Merge-TruebitJournal "$journal.1", "$journal.2", "$journal.3" $journal
        (Get-TruebitJournal $journal).Row | Should -Be (1..9)
        @(New-Row 9 | Invoke-TruebitTask @echo -Key OrderId -Journal $journal).Count | Should -Be 9
        (Get-TruebitSandbox).Submissions | Should -Be 9
    }
}

Describe 'A lost answer' {
    BeforeAll { Start-TruebitSandbox -Fault @{ LoseAnswer = 1 } | Connect-Truebit }
    AfterAll { Disconnect-Truebit; Stop-TruebitSandbox }

    It 'is called unknown, and not sent again before it is settled' {
        $journal = Join-Path $TestDrive 'lost.journal'
        New-Row 1 | Invoke-TruebitTask @echo -Journal $journal -ErrorAction SilentlyContinue -ErrorVariable lost
        $lost[0].FullyQualifiedErrorId | Should -BeLike 'OutcomeUnknown,*'
        New-Row 1 | Invoke-TruebitTask @echo -Journal $journal -ErrorAction SilentlyContinue
        (Get-TruebitSandbox).Charges | Should -Be 1
        Get-TruebitJournal $journal | Resolve-TruebitJournal -ExecutionId (Get-TruebitSandbox -Ledger).ExecutionId
        (New-Row 1 | Invoke-TruebitTask @echo -Journal $journal).Status | Should -Be 'Success'
        (Get-TruebitSandbox).Charges | Should -Be 1
    }
}
