#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }
# The runbooks of samples/azure-automation, each job in a process of its own. Storage is the real library against Azurite; the other cmdlets
# of Azure are stand-ins. Jobs are killed and frozen in the middle; the sandbox's ledger says what was paid for. Skipped where npm is not
# there or cannot install Azurite, and in Windows PowerShell: the runbooks are for 5.1, too, the stand-ins are not.

BeforeDiscovery {
    . (Join-Path $PSScriptRoot 'AzureAutomation/Azurite.ps1')
    $skip = $PSVersionTable.PSEdition -ne 'Core' -or -not (Install-Azurite)
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'Common.ps1')
    . (Join-Path $PSScriptRoot 'AzureAutomation/Azurite.ps1')
    $env:STANDIN_STORAGE = (Get-ChildItem (Join-Path $PSScriptRoot '../AzureStorage/bin/*/net8.0/AzureStorage.dll') | Select-Object -First 1).DirectoryName
    $env:STANDIN_MINUTE = '3'
    $env:STANDIN_MODULE = $manifest

    function Start-Account([int]$Rows, [int]$Quota) {
        $script:sandbox = Start-TruebitSandbox -Latency 0.1
        $env:STANDIN_KEY = $sandbox.ApiKey.Reveal()
        $env:STANDIN_ROOT = (New-Item -ItemType Directory (Join-Path $TestDrive ([guid]::NewGuid()))).FullName
        $env:STANDIN_QUOTA = if ($Quota) { $Quota } else { '' }
        $script:storage = @{ Context = New-AzStorageContext -StorageAccountName data -UseConnectedAccount; Container = "run$([guid]::NewGuid().ToString('N'))" }
        [void]$storage.Context.CreateBlobContainer($storage.Container)
        $script:csv = Join-Path $env:STANDIN_ROOT 'orders.csv'
        1..$Rows |
            ForEach-Object { [pscustomobject]@{ Namespace = 'sandbox'; TaskName = 'echo'; Method = 'GET'; Path = "/row/$_"; OrderId = "A-$_" } } |
            Export-Csv $csv -NoTypeInformation
        Set-AzStorageBlobContent @storage -Blob orders.csv -File $csv | Out-Null
        $script:child = @{
            RunName = 'orders'; StorageAccount = 'data'; Container = $storage.Container; CsvBlob = 'orders.csv'; KeyColumn = 'OrderId'
            KeyVariable = 'Key'; ThrottleLimit = 4; Endpoint = "$($sandbox.Endpoint)"; AccountId = 'ops-identity'; Subscription = 'ops'
        }
        $script:parent = $child + @{ ResourceGroup = 'ops'; AutomationAccount = 'nightly' }
    }

    function Start-Job($Runbook, $Parameters, $Name) {
        (Start-AzAutomationRunbook -Name $Runbook -Parameters $Parameters -StandInName $Name).JobId
    }

    function Get-Status($Id) { (Get-AzAutomationJob -Id $Id).Status }
    function Wait-Job($Id) { Wait-Until { (Get-Status $Id) -ne 'Running' } "the end of job $Id" }
    function Get-Output($Id) { (Get-Content "$env:STANDIN_ROOT/jobs/$Id/output", "$env:STANDIN_ROOT/jobs/$Id/errors" -Raw) -join '' }
    function Wait-Submission([int]$Count) { Wait-Until { (Get-TruebitSandbox).Submissions -ge $Count } "$Count submissions" }
    function Set-Fault($Name) { [System.IO.File]::WriteAllText((Join-Path $env:STANDIN_ROOT $Name), '') }
    function Clear-Fault($Name) { Remove-Item (Join-Path $env:STANDIN_ROOT $Name) }
    function Wait-Fault($Name) { Wait-Until { Test-Path (Join-Path $env:STANDIN_ROOT $Name) } $Name }

    # The lease of a job that is no more, or does not move, ends after a minute. Here it ends at once.
    function Stop-Lease {
        Get-AzStorageBlob @storage -Prefix 'orders' | Where-Object { $_.Name -like '*.journal' -and -not $_.SnapshotTime } | ForEach-Object {
            $lease = [Azure.Storage.Blobs.Specialized.BlobLeaseClient]::new($_.BlobBaseClient)
            try { [void]$lease.Break([timespan]::Zero) } catch { if ("$_" -notmatch 'LeaseNotPresent') { throw } }
        }
    }

    function Stop-Job($Id) {
        Stop-Process -Id (Get-Content "$env:STANDIN_ROOT/jobs/$Id/pid") -Force
        Wait-Until { (Get-Status $Id) -eq 'Failed' } "the end of job $Id"
        Stop-Lease
    }

    # Runs a job to its end.
    function Complete-Job($Runbook, $Parameters) {
        $id = Start-Job $Runbook $Parameters
        Wait-Job $id
        $output = Get-Output $id
        Get-Status $id | Should -Be 'Completed' -Because $output
        $output
    }

    function Get-BlobFile($Name) {
        $file = Join-Path $env:STANDIN_ROOT "$([guid]::NewGuid())-$Name"
        Get-AzStorageBlobContent @storage -Blob $Name -Destination $file
        $file
    }

    # Every row has one line; it succeeded and was paid for, or is called unknown.
    function Assert-AllTold([int]$Rows, [int]$MostUnknown) {
        Assert-PaidOnce
        $lines = @(Import-Csv (Get-BlobFile 'orders.results.csv'))
        $lines.Count | Should -Be $Rows
        @($lines.OrderId | Sort-Object -Unique).Count | Should -Be $Rows
        $lines.Status | Sort-Object -Unique | Should -BeIn 'Success', 'OutcomeUnknown'
        $paid = @(Get-PaidRow)
        $lines | Where-Object Status -EQ 'Success' | ForEach-Object { $_.Path | Should -BeIn $paid }
        $paid | Where-Object { $_ -notin $lines.Path } | Should -BeNullOrEmpty
        @($lines | Where-Object Status -EQ 'OutcomeUnknown').Count | Should -BeLessOrEqual $MostUnknown
    }

    if ($PSVersionTable.PSEdition -eq 'Core' -and (Test-Azurite)) {
        $azurite = Start-Azurite
        $env:STANDIN_CONNECTION = $azurite.Connection
        Import-Module (Join-Path $PSScriptRoot 'AzureAutomation/StandIns.psm1') -Force -DisableNameChecking
    }
}

AfterAll {
    if ($azurite) { $azurite.Process.Kill() }
    Remove-Module StandIns -ErrorAction SilentlyContinue
    Remove-Item env:STANDIN_*, env:AZURITE_ACCOUNTS -ErrorAction SilentlyContinue
    Remove-Module Truebit
}

Describe 'Invoke-TruebitRunbook' -Skip:$skip {
    BeforeEach { Start-Account -Rows 40 }
    AfterEach { Stop-TruebitSandbox }

    It 'goes on after its sandbox has vanished, and pays for nothing twice' {
        $first = Start-Job Invoke-TruebitRunbook $child
        Wait-Submission 12
        Stop-Job $first
        (Get-TruebitSandbox).Charges | Should -BeLessThan 40
        Get-AzStorageBlob @storage -Prefix 'orders.' | ForEach-Object { [void]$_.BlobBaseClient.CreateSnapshot() }

        $output = Complete-Job Invoke-TruebitRunbook $child
        Assert-AllTold 40 -MostUnknown 8
        $output | Should -Not -Match ([regex]::Escape($env:STANDIN_KEY))

        # A run that went through sends nothing when it is started again.
        $before = (Get-TruebitSandbox).Submissions
        Complete-Job Invoke-TruebitRunbook $child | Out-Null
        (Get-TruebitSandbox).Submissions | Should -Be $before
        Assert-AllTold 40 -MostUnknown 8
    }

    It 'leaves a journal whose unknown rows can be settled' {
        $first = Start-Job Invoke-TruebitRunbook $child
        Wait-Submission 12
        Stop-Job $first
        $paid = @(Get-PaidRow)
        $journal = Get-BlobFile 'orders.journal'
        $unknown = @(Get-TruebitJournal $journal | Where-Object IsUnknown)
        $unknown | Should -Not -BeNullOrEmpty
        $unknown | Where-Object { "/row/$($_.Row)" -notin $paid } | Resolve-TruebitJournal -NotExecuted
        $ledger = @{}
        Get-TruebitSandbox -Ledger | ForEach-Object { $ledger[($_.Input | ConvertFrom-Json).path] = $_.ExecutionId }
        $unknown | Where-Object { $ledger["/row/$($_.Row)"] } | ForEach-Object { $_ | Resolve-TruebitJournal -ExecutionId $ledger["/row/$($_.Row)"] }
        Set-AzStorageBlobContent @storage -Blob orders.journal -File $journal -Force | Out-Null

        Complete-Job Invoke-TruebitRunbook $child | Out-Null
        Assert-AllTold 40 -MostUnknown 0
    }

    It 'works on a journal in one job at a time' {
        $jobs = 1..3 | ForEach-Object { Start-Job Invoke-TruebitRunbook $child }
        $jobs | ForEach-Object { Wait-Job $_ }
        $jobs | ForEach-Object { Get-Status $_ } | Should -Contain 'Completed'
        Assert-AllTold 40 -MostUnknown 0
    }

    It 'changes nothing any more after another job has taken over, which <Other>' -ForEach @(
        @{ Other = 'has finished'; IsKilled = $false }
        @{ Other = 'was killed'; IsKilled = $true }
    ) {
        $frozen = Start-Job Invoke-TruebitRunbook $child 'frozen'
        Wait-Submission 8
        Set-Fault 'freeze-frozen'
        Wait-Fault 'frozen-frozen'
        Stop-Lease
        if ($IsKilled) {
            $sent = (Get-TruebitSandbox).Submissions
            $other = Start-Job Invoke-TruebitRunbook $child 'other'
            Wait-Submission ($sent + 8)
            Set-Fault 'freeze-other'
            Wait-Fault 'frozen-other'
            Stop-Job $other
        }
        else {
            Complete-Job Invoke-TruebitRunbook $child | Out-Null
        }

        $sent = (Get-TruebitSandbox).Submissions
        Clear-Fault 'freeze-frozen'
        Wait-Job $frozen
        Get-Status $frozen | Should -Be 'Failed'
        Get-Output $frozen | Should -Match 'The checkpoint of .* failed: .*412'
        (Get-TruebitSandbox).Submissions | Should -Be $sent

        Complete-Job Invoke-TruebitRunbook $child | Out-Null
        Assert-AllTold 40 -MostUnknown 16
    }

    It 'rides out storage that is away, or ends and sends nothing more' {
        $first = Start-Job Invoke-TruebitRunbook $child
        Wait-Submission 8
        Set-Fault 'away'
        Wait-Fault 'missed'
        Clear-Fault 'away'
        Clear-Fault 'missed'
        Wait-Submission 16
        Set-Fault 'away'
        Wait-Fault 'missed'
        $sent = (Get-TruebitSandbox).Submissions
        Wait-Job $first
        Clear-Fault 'away'
        Stop-Lease
        Get-Status $first | Should -Be 'Failed'
        Get-Output $first | Should -Match 'A last try at the end failed, too'
        (Get-TruebitSandbox).Submissions | Should -Be $sent

        Complete-Job Invoke-TruebitRunbook $child | Out-Null
        Assert-AllTold 40 -MostUnknown 8
    }

    It 'finds its key in a variable, a credential and a Key Vault' {
        $child.Remove('KeyVariable')
        $child.Remove('CsvBlob')
        $child.Csv = (Get-Content $csv -TotalCount 3) -join "`n"
        $sources = @{ KeyVariable = 'TruebitApiKey' }, @{ KeyCredential = 'Truebit' }, @{ KeyVault = 'ops-vault' }
        $jobs = $sources | ForEach-Object { $child.RunName = "$($_.Keys)"; Start-Job Invoke-TruebitRunbook ($child + $_) }
        $jobs | ForEach-Object { Wait-Job $_; Get-Output $_ | Should -Match 'Success: 2' }
    }
}

Describe 'Start-TruebitShards' -Skip:$skip {
    AfterEach { Stop-TruebitSandbox }

    It 'goes on after a child and it itself were killed, and merges all journals' {
        Start-Account -Rows 60
        $parent.Shards = 3
        $first = Start-Job Start-TruebitShards $parent
        Wait-Submission 15
        Stop-Job $first
        $jobs = Get-Content (Get-BlobFile 'orders.jobs.json') -Raw | ConvertFrom-Json
        Stop-Job $jobs.'1/3'
        Assert-PaidOnce

        # Azure keeps jobs for 30 days.
        Wait-Job $jobs.'2/3'
        Remove-Item "$env:STANDIN_ROOT/jobs/$($jobs.'2/3')" -Recurse

        Complete-Job Start-TruebitShards $parent | Out-Null
        Assert-AllTold 60 -MostUnknown 24
        $merged = @(Get-TruebitJournal (Get-BlobFile 'orders.merged.journal'))
        $merged.Row | Should -Be (1..60)

        # The merged journal is one of all rows: a run with it sends nothing.
        $before = (Get-TruebitSandbox).Submissions
        $again = Import-Csv $csv |
            Invoke-TruebitTask -Endpoint $sandbox.Endpoint -ApiKey $sandbox.ApiKey -Journal (Get-BlobFile 'orders.merged.journal') -Key OrderId -OnUnknown Skip
        (Get-TruebitSandbox).Submissions | Should -Be $before
        @($again).Count | Should -Be @($merged | Where-Object State -EQ 'Finished').Count
    }

    It 'has more shards than the account may have jobs, and keeps their number' {
        Start-Account -Rows 30 -Quota 3
        $parent.Shards = 3
        Complete-Job Start-TruebitShards $parent | Out-Null
        Assert-AllTold 30 -MostUnknown 0
        (Get-TruebitSandbox).Charges | Should -Be 30

        # Another number of shards would pay again.
        $parent.Shards = 2
        $others = (Start-Job Invoke-TruebitRunbook $child), (Start-Job Start-TruebitShards $parent)
        $others | ForEach-Object { Wait-Job $_ }
        Get-Output $others[0] | Should -Match 'was begun in another way'
        Get-Output $others[1] | Should -Match 'Not completed: 1/2'
        (Get-TruebitSandbox).Charges | Should -Be 30
    }
}
