#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }
# What a person at a console meets: completion and views. And that every cmdlet is met by a test.

BeforeAll {
    . (Join-Path $PSScriptRoot 'Common.ps1')
    Start-TruebitSandbox | Connect-Truebit
    $journal = Join-Path $TestDrive 'run.journal'
    $execution = Invoke-TruebitTask @echo -Path /x -Label ('a-long-label-' * 9) -Journal $journal
}
AfterAll { Disconnect-Truebit; Stop-TruebitSandbox; Remove-Module Truebit }

Describe 'Completion' {
    It 'knows <Expected> for <Line>' -ForEach @(
        @{ Line = 'Invoke-TruebitTask -Namespace sand'; Expected = 'sandbox' }
        @{ Line = 'Invoke-TruebitTask -Namespace sandbox -TaskName ech'; Expected = 'echo' }
        @{ Line = 'Invoke-TruebitTask -Method PA'; Expected = 'PATCH' }
        @{ Line = 'Invoke-TruebitTask -OnUnknown Res'; Expected = 'Resubmit' }
        @{ Line = 'Get-TruebitJournal -State Unk'; Expected = 'Unknown' }
    ) {
        (TabExpansion2 $Line $Line.Length).CompletionMatches.CompletionText | Should -Be $Expected
    }

    It 'knows the ids of this session' {
        $line = "Get-TruebitExecution -ExecutionId $($execution.ExecutionId.Substring(0, 8))"
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Be $execution.ExecutionId
    }
}

Describe 'A view' {
    BeforeAll {
        $petstore = Join-Path $samples 'petstore.manifest.json'
        $transcript = $execution | Get-TruebitTranscript -Wait
        $invoice = $execution | Get-TruebitInvoice -Wait
        $proof = $transcript | Test-TruebitProof
        $check = Import-Csv (Join-Path $samples 'orders.csv') | Test-TruebitTask -Manifest $petstore | Where-Object IsValid -EQ $false
        $objects = @{
            TruebitExecution         = $execution
            TruebitJournalEntry      = Get-TruebitJournal $journal
            TruebitJournalSummary    = Get-TruebitJournal $journal -Summary
            TruebitTranscript        = $transcript
            TruebitTranscriptMessage = $transcript.Messages
            TruebitInvoice           = $invoice
            TruebitInvoiceLine       = $invoice.LineItems
            TruebitJournalCharge     = $invoice | Compare-TruebitJournal $journal
            TruebitJournalRepair     = Repair-TruebitJournal $journal
            TruebitSession           = Get-TruebitSession
            TruebitSandbox           = Get-TruebitSandbox
            TruebitSandboxCharge     = Get-TruebitSandbox -Ledger
            TruebitProof             = $proof
            TruebitConnectionTest    = Test-TruebitConnection
            ProofCheck               = $proof.Checks
            TruebitTaskCheck         = $check
            TruebitTaskProblem       = $check.Problems
            TruebitHeaderSet         = New-TruebitHeaderSet -Header @{ Accept = 'text/plain' }
        }
    }

    It 'of every type fits <_> columns, with its headers whole' -ForEach 79, 80, 100, 119, 120 {
        foreach ($type in $objects.Keys) {
            $table = ($objects[$type] | Format-Table | Out-String -Width $_) -split '\r?\n' | Where-Object { $_ }
            $table[1] | Should -Match '^[- ]+$' -Because "the headers of $type are one line: $($table[0])"
            $list = $objects[$type] | Format-List | Out-String -Width $_
            $list.Trim() | Should -Not -BeNullOrEmpty -Because $type
            $lines = @($table) + ($list -split '\r?\n') -replace '\x1b\[[\d;]*m'
            ($lines | Measure-Object -Property Length -Maximum).Maximum | Should -BeLessOrEqual $_ -Because $type
        }
    }

    It 'of <Type> keeps what matters at 80 columns' -ForEach @(
        @{ Type = 'TruebitExecution'; Columns = 'Row Status ExecutionId Output' }
        @{ Type = 'TruebitJournalEntry'; Columns = 'Row State Key ExecutionId Reason' }
        @{ Type = 'TruebitTranscript'; Columns = 'ExecutionId Task IsComplete Messages' }
        @{ Type = 'TruebitInvoice'; Columns = 'ExecutionId Total Price Per InvoiceId' }
        @{ Type = 'TruebitInvoiceLine'; Columns = 'Operation Account Total Steps RequestBytes ResponseBytes' }
        @{ Type = 'TruebitJournalCharge'; Columns = 'Row Status Total ExecutionId Problem' }
        @{ Type = 'TruebitSandbox'; Columns = 'Endpoint IsRunning Submissions Charges Rejections Faults' }
        @{ Type = 'TruebitSandboxCharge'; Columns = 'Task WasAnswered ExecutionId Input' }
        @{ Type = 'TruebitProof'; Columns = 'Result Kind ExecutionId Reason' }
    ) {
        $header = ($objects[$Type] | Out-String -Width 80).Trim() -split '\r?\n' | Select-Object -First 1
        $header.Trim() -split ' +' -join ' ' | Should -Be $Columns
    }

    It 'of a list shows each signature in the same readable form' {
        $signed = Invoke-TruebitFunction -Namespace sandbox -TaskName echo -Text 'Hello'
        foreach ($object in $signed, $transcript, $transcript.Messages[0], $invoice) {
            $lines = ($object | Format-List | Out-String -Width 100) -split '\r?\n' | ForEach-Object Trim
            $lines | Should -Contain "r $($object.Signature.R)" -Because $object.GetType()
            $lines | Should -Contain "s $($object.Signature.S)" -Because $object.GetType()
        }
    }

    It 'of a list says which checks a proof needs' {
        $proof | Select-Object -ExpandProperty Checks | Format-List | Out-String -Width 100 | Should -Match '(?s)Result +: .*Rule +: .*Subject +: .*Reason +: .*IsRequired +: '
    }

    It 'is there for every type that a cmdlet writes' {
        $formats = [xml](Get-Content (Join-Path (Split-Path $manifest) 'Truebit.Format.ps1xml') -Raw)
        $tables, $lists = foreach ($control in 'TableControl', 'ListControl') {
            , ($formats.SelectNodes("//View[$control]/ViewSelectedBy/TypeName").InnerText | ForEach-Object { $_.Split('.')[-1] } | Sort-Object)
        }
        $lists | Should -Be $tables
        $tables | Should -BeIn @($objects.Keys)
        $written = (Get-Command -Module Truebit).OutputType.Name | Where-Object { $_ -like 'Truebit.*' } | ForEach-Object { $_.Split('.')[-1] } | Sort-Object -Unique
        $written | Should -BeIn @($objects.Keys)
    }
}

Describe 'These tests' {
    It 'use every cmdlet' {
        $used = foreach ($file in Get-ChildItem (Join-Path $PSScriptRoot '*.Tests.ps1') -Exclude 'Help.Tests.ps1') {
            $script = [System.Management.Automation.Language.Parser]::ParseFile($file.FullName, [ref]$null, [ref]$null)
            $script.FindAll({ $args[0] -is [System.Management.Automation.Language.CommandAst] }, $true) | ForEach-Object { $_.GetCommandName() }
        }
        (Get-Command -Module Truebit).Name | Where-Object { $_ -notin $used } | Should -BeNullOrEmpty
    }
}
