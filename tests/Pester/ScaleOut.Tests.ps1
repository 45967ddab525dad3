#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }
# The scripts of samples/kubernetes and samples/github-actions, each pod or runner a process of its own, side by side against one sandbox.
# Some are killed or frozen in the middle; the sandbox's ledger says what was paid for. What needs blob storage runs against Azurite, and
# is skipped where npm is not there or cannot install it. In Windows PowerShell all is skipped: these engines have PowerShell 7.

BeforeDiscovery {
    . (Join-Path $PSScriptRoot 'AzureAutomation/Azurite.ps1')
    $skip = $PSVersionTable.PSEdition -ne 'Core'
    $skipStore = $skip -or $IsWindows -or -not (Install-Azurite)
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'Common.ps1')
    . (Join-Path $PSScriptRoot 'AzureAutomation/Azurite.ps1')
    $names = 'PSModulePath', 'TRUEBIT_API_KEY', 'HUB', 'ROWS', 'SHARDS', 'STATE', 'JOB_COMPLETION_INDEX', 'RUN', 'SHARD', 'RUNNER_TEMP', 'RESULTS', 'STORE'
    $before = @{}
    $names | ForEach-Object { $before[$_] = [Environment]::GetEnvironmentVariable($_) }

    function Start-Account([int]$Rows, [int]$Shards, [hashtable]$Options = @{ Latency = 0.1 }) {
        $script:sandbox = Start-TruebitSandbox @Options
        $script:folder = (New-Item -ItemType Directory (Join-Path $TestDrive ([guid]::NewGuid()))).FullName
        $env:PSModulePath = (Split-Path (Split-Path $manifest)) + [System.IO.Path]::PathSeparator + $before.PSModulePath
        $env:TRUEBIT_API_KEY = $sandbox.ApiKey.Reveal()
        $env:HUB = $sandbox.Endpoint
        $env:SHARDS = $Shards
        $env:ROWS = Join-Path $folder 'orders.csv'
        1..$Rows |
            ForEach-Object { [pscustomobject]@{ Namespace = 'sandbox'; TaskName = 'echo'; Method = 'GET'; Path = "/row/$_"; OrderId = "A-$_" } } |
            Export-Csv $env:ROWS
    }

    # The environment is the child's; what it writes goes to a file.
    function Start-Script([string]$Script, [hashtable]$Environment = @{}) {
        $Environment.GetEnumerator() | ForEach-Object { [Environment]::SetEnvironmentVariable($_.Name, $_.Value) }
        $log = Join-Path $folder "$([guid]::NewGuid())"
        $process = Start-Process $shell ($shellArguments + (Join-Path $samples $Script)) -RedirectStandardOutput "$log.out" -RedirectStandardError "$log.err" -PassThru
        [void]$process.Handle
        $process | Add-Member Log $log -PassThru
    }

    function Get-Output($Process) { (Get-Content "$($Process.Log).out", "$($Process.Log).err" -Raw) -join '' }

    function Complete-Script([string]$Script, [hashtable]$Environment = @{}) {
        $process = Start-Script $Script $Environment
        $process.WaitForExit()
        $process.ExitCode | Should -Be 0 -Because (Get-Output $process)
        Get-Output $process
    }

    function Wait-Submission([int]$Count) { Wait-Until { (Get-TruebitSandbox).Submissions -ge $Count } "$Count submissions" }

    # Every row has one line; it succeeded and was paid for, or is called unknown.
    function Assert-AllTold([string]$Results, [int]$Rows, [int]$MostUnknown) {
        Assert-PaidOnce
        $lines = @(Import-Csv $Results)
        $lines.OrderId | Should -Be (1..$Rows | ForEach-Object { "A-$_" })
        $lines.Status | Sort-Object -Unique | Should -BeIn 'Success', 'OutcomeUnknown'
        $paid = @(Get-PaidRow)
        $lines | Where-Object Status -EQ 'Success' | ForEach-Object { $_.Path | Should -BeIn $paid }
        $paid | Where-Object { $_ -notin $lines.Path } | Should -BeNullOrEmpty
        @($lines | Where-Object Status -EQ 'OutcomeUnknown').Count | Should -BeLessOrEqual $MostUnknown
    }
}

AfterAll {
    $before.GetEnumerator() | ForEach-Object { [Environment]::SetEnvironmentVariable($_.Name, $_.Value) }
    Remove-Module Truebit
}

Describe 'An Indexed Job of Kubernetes' -Skip:$skip {
    AfterEach { Stop-TruebitSandbox }

    # What the Job's controller does: so many pods at a time, and another one for an index whose pod has failed.
    It 'completes though pods are killed, and merges' {
        Start-Account -Rows 240 -Shards 6
        $env:STATE = (New-Item -ItemType Directory (Join-Path $folder 'state')).FullName
        $waiting = [System.Collections.Generic.Queue[int]](0..5)
        $pods = @{}
        $started = 0
        $killed = 0
        $outputs = @()
        while ($waiting.Count -or $pods.Count) {
            while ($waiting.Count -and $pods.Count -lt 3) {
                $index = $waiting.Dequeue()
                $pods[$index] = Start-Script 'kubernetes/shard.ps1' @{ JOB_COMPLETION_INDEX = $index }
                $started++
            }

            if ($killed -lt 2 -and (Get-TruebitSandbox).Submissions -ge 30 * ($killed + 1)) {
                $pods[@($pods.Keys)[0]].Kill()
                $killed++
            }

            Wait-Until { $pods.Values.HasExited -contains $true -or ($killed -lt 2 -and (Get-TruebitSandbox).Submissions -ge 30 * ($killed + 1)) } 'the end of a pod'
            foreach ($index in @($pods.Keys | Where-Object { $pods[$_].HasExited })) {
                $outputs += Get-Output $pods[$index]
                if ($pods[$index].ExitCode) { $waiting.Enqueue($index) }
                $pods.Remove($index)
                $started | Should -BeLessThan 12 -Because ($outputs -join "`n")
            }
        }

        $output = Complete-Script 'kubernetes/merge.ps1'
        $output | Should -Match 'Success: [0-9]+'
        Assert-AllTold "$env:STATE/results.csv" 240 -MostUnknown 32
        @(Get-TruebitJournal "$env:STATE/all.journal").Row | Should -Be (1..240)
        $outputs -join '' | Should -Not -Match ([regex]::Escape($env:TRUEBIT_API_KEY))

        # Nothing is sent by an index that is done, nor by another number of shards.
        $sent = (Get-TruebitSandbox).Submissions
        Complete-Script 'kubernetes/shard.ps1' @{ JOB_COMPLETION_INDEX = 0 } | Out-Null
        $other = Start-Script 'kubernetes/shard.ps1' @{ JOB_COMPLETION_INDEX = 6; SHARDS = 7 }
        $other.WaitForExit()
        $other.ExitCode | Should -Be 1
        Get-Output $other | Should -Match 'another number of shards'
        (Get-TruebitSandbox).Submissions | Should -Be $sent
    }

    It 'starts an index again where that gets further, and only there' {
        Start-Account -Rows 20 -Shards 2 -Options @{ Balance = 5 }
        $env:STATE = (New-Item -ItemType Directory (Join-Path $folder 'state')).FullName
        $poor = Start-Script 'kubernetes/shard.ps1' @{ JOB_COMPLETION_INDEX = 0 }
        $poor.WaitForExit()
        $poor.ExitCode | Should -Be 1
        Get-Output $poor | Should -Match '[0-9]+ rows are left'

        # A row that the hub refuses stays refused.
        Remove-Item "$env:STATE/*"
        'Namespace,TaskName,Method,Path,OrderId', 'sandbox,unheard-of,GET,/row/1,A-1' | Set-Content $env:ROWS
        Complete-Script 'kubernetes/shard.ps1' @{ JOB_COMPLETION_INDEX = 0 } | Out-Null
        Complete-Script 'kubernetes/shard.ps1' @{ JOB_COMPLETION_INDEX = 1 } | Out-Null
        (Get-ChildItem "$env:STATE/*.csv" | Import-Csv).Status | Should -Be 'InvalidRequest'
    }
}

Describe 'A matrix of GitHub Actions' -Skip:$skipStore {
    BeforeAll {
        $azurite = Start-Azurite
        [void][System.Reflection.Assembly]::LoadFrom((Get-ChildItem (Join-Path $PSScriptRoot '../AzureStorage/bin/*/net8.0/Azure.Storage.Blobs.dll') | Select-Object -First 1).FullName)

        function Start-Runner([int]$Shard) {
            Start-Script 'github-actions/shard.ps1' @{ SHARD = $Shard; RUNNER_TEMP = (New-Item -ItemType Directory (Join-Path $folder ([guid]::NewGuid()))).FullName }
        }

        # The lease of a runner that is no more, or does not move, ends after a minute. Here it ends at once.
        function Stop-Lease([int]$Shard) {
            $lease = [Azure.Storage.Blobs.Specialized.BlobLeaseClient]::new($container.GetBlobClient("$env:RUN.$Shard-of-$env:SHARDS.journal"))
            [void]$lease.Break([timespan]::Zero)
        }
    }

    BeforeEach {
        Start-Account -Rows 160 -Shards 4
        $container = [Azure.Storage.Blobs.BlobContainerClient]::new($azurite.Connection, "run$([guid]::NewGuid().ToString('N'))")
        [void]$container.Create()
        $env:RUN = 'orders'
        $env:STORE = $container.GenerateSasUri([Azure.Storage.Sas.BlobContainerSasPermissions]'Read, Create, Write', [DateTimeOffset]::UtcNow.AddHours(1))
    }

    AfterEach { Stop-TruebitSandbox }
    AfterAll { $azurite.Process.Kill() }

    It 'pays for nothing twice when runners vanish or come back, and merges' {
        $runners = 1..4 | ForEach-Object { Start-Runner $_ }
        Wait-Submission 40

        # One is killed, another one is frozen while a third takes over and finishes.
        $runners[0].Kill()
        sh -c "kill -STOP $($runners[1].Id)"
        Stop-Lease 1
        Stop-Lease 2
        $again = (Start-Runner 1), (Start-Runner 2)
        $again + $runners[2, 3] | ForEach-Object { $_.WaitForExit(); $_.ExitCode | Should -Be 0 -Because (Get-Output $_) }
        $sent = (Get-TruebitSandbox).Submissions
        $paid = @(Get-PaidRow)
        sh -c "kill -CONT $($runners[1].Id)"
        $runners[1].WaitForExit()
        $runners[1].ExitCode | Should -Be 1
        Get-Output $runners[1] | Should -Match '409 LeaseIdMismatch|409 LeaseNotPresent|412 '

        # What it had claimed before it froze may leave now. Nothing else does, and the other one's journal calls it unknown.
        $late = @(Get-PaidRow | Where-Object { $_ -notin $paid })
        $sent += $late.Count
        (Get-TruebitSandbox).Submissions | Should -Be $sent

        # Run again, all send nothing.
        $env:RESULTS = (New-Item -ItemType Directory (Join-Path $folder 'results')).FullName
        foreach ($number in 1..4) {
            $runner = Start-Runner $number
            $runner.WaitForExit()
            $runner.ExitCode | Should -Be 0 -Because (Get-Output $runner)
            Copy-Item "$env:RUNNER_TEMP/*.csv" $env:RESULTS
        }

        (Get-TruebitSandbox).Submissions | Should -Be $sent
        Complete-Script 'github-actions/merge.ps1' | Should -Match 'Success: [0-9]+'
        Assert-AllTold "$env:RUNNER_TEMP/merged/results.csv" 160 -MostUnknown 64
        $unknown = @(Import-Csv "$env:RUNNER_TEMP/merged/results.csv" | Where-Object Status -EQ 'OutcomeUnknown')
        $late | Where-Object { $_ -notin $unknown.Path } | Should -BeNullOrEmpty
        @(Get-TruebitJournal "$env:RUNNER_TEMP/merged/all.journal").Row | Should -Be (1..160)

        # Another number of shards would pay again.
        $env:SHARDS = 5
        $other = Start-Runner 5
        $other.WaitForExit()
        $other.ExitCode | Should -Be 1
        Get-Output $other | Should -Match 'was begun with 4 shards'
        (Get-TruebitSandbox).Submissions | Should -Be $sent
    }
}
