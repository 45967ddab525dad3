#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }
# The runbooks of samples/azure-automation, each job in a process of its own, on stand-ins for Azure's cmdlets. Jobs are killed in the
# middle; the sandbox's ledger says what was paid for. PowerShell 7 only: the runbooks are for 5.1, too, the stand-ins are not.

BeforeDiscovery {
    $skip = $PSVersionTable.PSEdition -ne 'Core'
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'Common.ps1')

    # Compiled once, for all jobs.
    $env:STANDIN_LEASES = Join-Path $TestDrive 'BlobLeaseClient.dll'
    Add-Type -Path (Join-Path $PSScriptRoot 'AzureAutomation/BlobLeaseClient.cs') -OutputAssembly $env:STANDIN_LEASES

    function Start-Account([int]$Rows) {
        $script:sandbox = Start-TruebitSandbox -Latency 0.2
        $env:STANDIN_ROOT = Join-Path $TestDrive ([guid]::NewGuid())
        $env:STANDIN_MINUTE = '3'
        $env:STANDIN_MODULE = $manifest
        $env:STANDIN_KEY = $sandbox.ApiKey.Reveal()
        Import-Module (Join-Path $PSScriptRoot 'AzureAutomation/StandIns.psm1') -Force -DisableNameChecking
        $script:csv = Join-Path $TestDrive 'orders.csv'
        1..$Rows |
            ForEach-Object { [pscustomobject]@{ Namespace = 'sandbox'; TaskName = 'echo'; Method = 'GET'; Path = "/row/$_"; OrderId = "A-$_" } } |
            Export-Csv $csv -NoTypeInformation
        Set-AzStorageBlobContent data truebit orders.csv $csv -Force | Out-Null
        $script:child = @{
            RunName = 'orders'; StorageAccount = 'data'; Container = 'truebit'; CsvBlob = 'orders.csv'; KeyColumn = 'OrderId'
            KeyVariable = 'Key'; ThrottleLimit = 4; Endpoint = "$($sandbox.Endpoint)"
        }
        $script:parent = $child + @{ Shards = 3; ResourceGroup = 'ops'; AutomationAccount = 'nightly' }
    }

    function Start-Job($Runbook, $Parameters) {
        (Start-AzAutomationRunbook -Name $Runbook -Parameters $Parameters).JobId
    }

    function Stop-Job($Id) {
        Stop-Process -Id (Get-Content "$env:STANDIN_ROOT/jobs/$Id/pid") -Force
        Wait-Until { (Get-AzAutomationJob -Id $Id).Status -eq 'Failed' } "the end of job $Id"
    }

    function Complete-Job($Id) {
        Wait-Until { (Get-AzAutomationJob -Id $Id).Status -ne 'Running' } "the end of job $Id"
        (Get-Content "$env:STANDIN_ROOT/jobs/$Id/output", "$env:STANDIN_ROOT/jobs/$Id/errors" -Raw) -join ''
    }

    function Get-Status($Id) { (Get-AzAutomationJob -Id $Id).Status }
    function Get-BlobFile($Name) { "$env:STANDIN_ROOT/data/truebit/$Name" }

    # Every row has one line; it succeeded and was paid for, or is called unknown.
    function Assert-AllTold($Results, [int]$Rows, [int]$MostUnknown) {
        $lines = @(Import-Csv (Get-BlobFile $Results))
        $lines.Count | Should -Be $Rows
        @($lines.OrderId | Sort-Object -Unique).Count | Should -Be $Rows
        $lines.TruebitStatus | Sort-Object -Unique | Should -BeIn 'Success', 'OutcomeUnknown'
        $paid = @(Get-PaidRow)
        $lines | Where-Object TruebitStatus -EQ 'Success' | ForEach-Object { $_.Path | Should -BeIn $paid }
        $paid | Where-Object { $_ -notin $lines.Path } | Should -BeNullOrEmpty
        @($lines | Where-Object TruebitStatus -EQ 'OutcomeUnknown').Count | Should -BeLessOrEqual $MostUnknown
    }
}

AfterAll {
    Remove-Module StandIns -ErrorAction SilentlyContinue
    Remove-Item env:STANDIN_* -ErrorAction SilentlyContinue
    Remove-Module Truebit
}

Describe 'Invoke-TruebitRunbook' -Skip:$skip {
    BeforeEach { Start-Account -Rows 60 }
    AfterEach { Stop-TruebitSandbox }

    It 'goes on after its sandbox has vanished, and pays for nothing twice' {
        $first = Start-Job Invoke-TruebitRunbook $child
        Wait-Until { (Get-TruebitSandbox).Submissions -ge 20 } 'twenty submissions'
        Stop-Job $first
        (Get-TruebitSandbox).Charges | Should -BeLessThan 60

        $second = Start-Job Invoke-TruebitRunbook $child
        $output = Complete-Job $second
        Get-Status $second | Should -Be 'Completed' -Because $output
        Assert-PaidOnce
        Assert-AllTold 'orders.results.csv' 60 -MostUnknown 8
        $output | Should -Not -Match ([regex]::Escape($env:STANDIN_KEY))

        # A run that went through sends nothing when it is started again.
        $before = (Get-TruebitSandbox).Submissions
        $third = Start-Job Invoke-TruebitRunbook $child
        Complete-Job $third | Out-Null
        Get-Status $third | Should -Be 'Completed'
        (Get-TruebitSandbox).Submissions | Should -Be $before
    }

    It 'leaves a journal whose unknown rows can be settled' {
        $first = Start-Job Invoke-TruebitRunbook $child
        Wait-Until { (Get-TruebitSandbox).Submissions -ge 20 } 'twenty submissions'
        Stop-Job $first
        $paid = @(Get-PaidRow)
        $journal = Get-BlobFile 'orders.journal'
        $unknown = @(Get-TruebitJournal $journal | Where-Object IsUnknown)
        $unknown | Should -Not -BeNullOrEmpty
        $unknown | Where-Object { "/row/$($_.Row)" -notin $paid } | Resolve-TruebitJournal -NotExecuted
        $ledger = @{}
        Get-TruebitSandbox -Ledger | ForEach-Object { $ledger[($_.Input | ConvertFrom-Json).path] = $_.ExecutionId }
        $unknown | Where-Object { $ledger["/row/$($_.Row)"] } | ForEach-Object { $_ | Resolve-TruebitJournal -ExecutionId $ledger["/row/$($_.Row)"] }

        $second = Start-Job Invoke-TruebitRunbook $child
        Complete-Job $second | Out-Null
        Assert-PaidOnce
        Assert-AllTold 'orders.results.csv' 60 -MostUnknown 0
    }

    It 'does not work on a journal that another job works on' {
        $first = Start-Job Invoke-TruebitRunbook $child
        Wait-Until { (Get-TruebitSandbox).Submissions -ge 1 } 'a submission'
        $second = Start-Job Invoke-TruebitRunbook $child
        Complete-Job $second | Out-Null
        Complete-Job $first | Out-Null
        Get-Status $first | Should -Be 'Completed'
        Assert-PaidOnce
        (Get-TruebitSandbox).Charges | Should -Be 60
    }

    It 'finds its key in <Source>' -ForEach @(
        @{ Source = 'a variable'; Key = @{ KeyVariable = 'TruebitApiKey' } }
        @{ Source = 'a credential'; Key = @{ KeyCredential = 'Truebit' } }
        @{ Source = 'a Key Vault'; Key = @{ KeyVault = 'ops-vault' } }
    ) {
        $child.Remove('KeyVariable')
        $child.Remove('CsvBlob')
        $inline = (Get-Content $csv -TotalCount 3) -join "`n"
        $id = Start-Job Invoke-TruebitRunbook ($child + $Key + @{ Csv = $inline })
        $output = Complete-Job $id
        Get-Status $id | Should -Be 'Completed' -Because $output
        $output | Should -Match 'orders Success: 2'
    }
}

Describe 'Start-TruebitShards' -Skip:$skip {
    BeforeEach { Start-Account -Rows 90 }
    AfterEach { Stop-TruebitSandbox }

    It 'goes on after a child and it itself were killed, and merges all journals' {
        $first = Start-Job Start-TruebitShards $parent
        Wait-Until { (Get-TruebitSandbox).Submissions -ge 15 } 'fifteen submissions'
        $jobs = Get-Content (Get-BlobFile 'orders.jobs.json') -Raw | ConvertFrom-Json
        Stop-Job $first
        Stop-Job $jobs.'1/3'
        Assert-PaidOnce

        $second = Start-Job Start-TruebitShards $parent
        $output = Complete-Job $second
        Get-Status $second | Should -Be 'Completed' -Because $output
        Assert-PaidOnce
        Assert-AllTold 'orders.results.csv' 90 -MostUnknown 16
        $merged = @(Get-TruebitJournal (Get-BlobFile 'orders.merged.journal'))
        $merged.Count | Should -Be 90
        $merged.Row | Should -Be (1..90)

        # The merged journal is one of all rows: a run with it sends nothing.
        $before = (Get-TruebitSandbox).Submissions
        $key = $sandbox.ApiKey.Reveal()
        $again = Import-Csv $csv |
            Invoke-TruebitTask -Endpoint $sandbox.Endpoint -ApiKey $key -Journal (Get-BlobFile 'orders.merged.journal') -Key OrderId -OnUnknown Skip
        (Get-TruebitSandbox).Submissions | Should -Be $before
        @($again).Count | Should -Be @($merged | Where-Object State -EQ 'Finished').Count
    }

    It 'refuses another number of shards for the same run' {
        $first = Start-Job Start-TruebitShards $parent
        Complete-Job $first | Out-Null
        Get-Status $first | Should -Be 'Completed'
        $before = (Get-TruebitSandbox).Submissions

        $parent.Shards = 2
        $second = Start-Job Start-TruebitShards $parent
        Complete-Job $second | Should -Match 'Not completed: 1/2'
        $whole = Start-Job Invoke-TruebitRunbook $child
        Complete-Job $whole | Should -Match 'was begun in another way'
        (Get-TruebitSandbox).Submissions | Should -Be $before
    }
}
