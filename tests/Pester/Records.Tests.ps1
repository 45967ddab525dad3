#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }
# What the hub says of an execution afterwards: transcripts, invoices, evidence, and what of it is proved.

BeforeAll {
    . (Join-Path $PSScriptRoot 'Common.ps1')
    Add-Type -AssemblyName System.IO.Compression.FileSystem
    Start-TruebitSandbox | Connect-Truebit
}
AfterAll { Disconnect-Truebit; Stop-TruebitSandbox; Remove-Module Truebit }

Describe 'A run that is looked into' {
    BeforeAll {
        $journal = Join-Path $TestDrive 'run.journal'
        $executions = New-Row 3 | Invoke-TruebitTask @echo -Journal $journal
    }

    It 'has a transcript for each execution' {
        $transcripts = $executions | Get-TruebitTranscript -Wait
        $transcripts.ExecutionId | Sort-Object | Should -Be @($executions.ExecutionId | Sort-Object)
        $transcripts.IsComplete | Sort-Object -Unique | Should -BeTrue
        (Get-TruebitTranscript -Hash $transcripts[0].TranscriptHash).ExecutionId | Should -Be $transcripts[0].ExecutionId
    }

    It 'has invoices that go into a CSV file' {
        $csv = Join-Path $TestDrive 'invoices.csv'
        $invoices = Get-TruebitJournal $journal | Get-TruebitInvoice -Wait
        $invoices | Export-Csv $csv -NoTypeInformation
        (Import-Csv $csv).InvoiceId | Should -Be $invoices.InvoiceId
        ($invoices.Total | Measure-Object -Sum).Sum | Should -Be ((Get-TruebitSandbox -Ledger).Gas | Measure-Object -Sum).Sum
    }

    It 'has an invoice for each row, and a row for each invoice' {
        $charges = Get-TruebitJournal $journal | Get-TruebitInvoice -Wait | Compare-TruebitJournal $journal
        $charges.Row | Sort-Object | Should -Be (1, 2, 3)
        $charges.Status | Sort-Object -Unique | Should -Be 'Charged'
        (Invoke-TruebitTask @echo -Path /elsewhere | Get-TruebitInvoice -Wait | Compare-TruebitJournal $journal).Status |
            Should -Be ('NoInvoice', 'NoInvoice', 'NoInvoice', 'NoRow')
    }

    It 'has evidence that is proved by its files alone, until they are changed' {
        $folder = Join-Path $TestDrive 'evidence'
        $zips = $executions | Export-TruebitEvidence -Path $folder -Wait
        $zips.Count | Should -Be 3
        $proofs = Test-TruebitProof (Join-Path $folder '*.zip')
        $proofs.Count | Should -Be 6
        $proofs.IsProved | Sort-Object -Unique | Should -BeTrue

        $opened = Join-Path $TestDrive 'opened'
        [System.IO.Compression.ZipFile]::ExtractToDirectory($zips[0].FullName, $opened)
        $file = Join-Path $opened 'transcript.json'
        (Test-TruebitProof $file).Result | Should -Be 'Proved'
        [System.IO.File]::WriteAllText($file, [System.IO.File]::ReadAllText($file).Replace('/row/', '/now/'))
        (Test-TruebitProof $file).Result | Should -Be 'Failed'
    }
}
