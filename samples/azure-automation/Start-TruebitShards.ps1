<#
.SYNOPSIS
    A runbook of Azure Automation that splits one CSV file over several child jobs, waits for them, and merges their journals.

.DESCRIPTION
    Each child is a job of Invoke-TruebitRunbook with -Shard i/N: a stable part of the rows. Started again with the same parameters, at
    any time, it waits for the children that still run, starts the others again, unfinished ones first, and pays for nothing twice.

    README.md beside this file says how to set it up.

.EXAMPLE
    Start-AzAutomationRunbook -ResourceGroupName ops -AutomationAccountName nightly -Name Start-TruebitShards -Parameters @{
        RunName = 'orders-2026-11'; Shards = 8; ResourceGroup = 'ops'; AutomationAccount = 'nightly'
        StorageAccount = 'opsdata'; Container = 'truebit'; CsvBlob = 'orders.csv'; KeyColumn = 'OrderId'; KeyVariable = 'TruebitApiKey'
    }
#>
[CmdletBinding()]
[Diagnostics.CodeAnalysis.SuppressMessage('PSAvoidUsingPlainTextForPassword', 'KeyCredential', Justification = 'It is the name of a credential.')]
param(
    # In how many parts. It cannot be changed while a run is under way; a child that finds another number refuses to begin.
    [Parameter(Mandatory = $true)]
    [ValidateRange(1, 1000)]
    [int]$Shards,

    # How many children run at a time. Azure refuses jobs beyond the account's quota, this one included (README.md).
    [ValidateRange(1, 100)]
    [int]$Parallel = 8,

    # Where the children are started. The account's managed identity needs the role Automation Operator there.
    [Parameter(Mandatory = $true)]
    [string]$ResourceGroup,

    [Parameter(Mandatory = $true)]
    [string]$AutomationAccount,

    [string]$Runbook = 'Invoke-TruebitRunbook',

    # How long to wait for the children; Azure ends this job after three hours.
    [string]$Wait = '02:50:00',

    # All that follows is for the children: see Invoke-TruebitRunbook.ps1. ThrottleLimit holds for each of them.
    [Parameter(Mandatory = $true)]
    [string]$RunName,

    [Parameter(Mandatory = $true)]
    [string]$StorageAccount,

    [Parameter(Mandatory = $true)]
    [string]$Container,

    [Parameter(Mandatory = $true)]
    [string]$CsvBlob,

    [string]$AccountId,
    [string]$Subscription,
    [string]$KeyVariable,
    [string]$KeyCredential,
    [string]$KeyVault,
    [string]$KeySecret,
    [string]$KeyColumn,
    [string]$TimeBudget,
    [int]$ThrottleLimit,
    [double]$RateLimit,
    [string]$OnUnknown,
    [string]$Endpoint
)

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

$deadline = [datetime]::UtcNow + [timespan]$Wait
$ended = 'Completed', 'Failed', 'Stopped', 'Suspended', 'Forgotten', 'New'
$forChildren = @{}
foreach ($name in $PSBoundParameters.Keys) {
    if ($name -notin 'Shards', 'Parallel', 'ResourceGroup', 'AutomationAccount', 'Runbook', 'Wait') {
        $forChildren[$name] = $PSBoundParameters[$name]
    }
}

Disable-AzContextAutosave -Scope Process | Out-Null
$login = @{ Identity = $true }
if ($AccountId) { $login.AccountId = $AccountId }
if ($Subscription) { $login.Subscription = $Subscription }
Connect-AzAccount @login | Out-Null
$automation = @{ ResourceGroupName = $ResourceGroup; AutomationAccountName = $AutomationAccount }
$storage = @{ Container = $Container; Context = New-AzStorageContext -StorageAccountName $StorageAccount -UseConnectedAccount }
$folder = Join-Path ([System.IO.Path]::GetTempPath()) "truebit-$([guid]::NewGuid())"
New-Item -ItemType Directory -Path $folder | Out-Null

function Receive-Blob([string]$Name) {
    $file = Join-Path $folder $Name
    Get-AzStorageBlobContent @storage -Blob $Name -Destination $file -Force | Out-Null
    $file
}

function Send-Blob([string]$Name, [string]$File) {
    Set-AzStorageBlobContent @storage -Blob $Name -File $File -Force | Out-Null
}

function Get-JobStatus([string]$Shard) {
    if (-not $jobs[$Shard]) { return 'New' }

    try {
        "$((Get-AzAutomationJob @automation -Id $jobs[$Shard]).Status)"
    }
    catch {
        # Azure forgets jobs after 30 days. Were it wrong, the second job of a shard would find the journal leased.
        if ("$_" -notmatch 'not ?found|does not exist') { throw }
        'Forgotten'
    }
}

try {
    # The jobs that an earlier start has left, by their shards. Losing this list costs nothing: a second job for a shard that is being
    # worked on finds the journal leased, and ends.
    $jobs = [ordered]@{}
    $jobsBlob = "$RunName.jobs.json"
    $list = Join-Path $folder 'jobs.json'
    if (Get-AzStorageBlob @storage -Prefix $jobsBlob | Where-Object Name -CEQ $jobsBlob) {
        (Get-Content -Path (Receive-Blob $jobsBlob) -Raw | ConvertFrom-Json).PSObject.Properties | ForEach-Object { $jobs[$_.Name] = $_.Value }
    }

    $all = @(1..$Shards | ForEach-Object { "$_/$Shards" })
    $status = @{}
    $all | ForEach-Object { $status[$_] = Get-JobStatus $_ }
    $running = @($all | Where-Object { $status[$_] -notin $ended })
    $running | ForEach-Object { "$_ goes on as job $($jobs[$_])" }

    # Those that have completed come last: they are started again for rows that a time budget may have left.
    $waiting = New-Object -TypeName System.Collections.Queue
    $all | Where-Object { $_ -notin $running -and $status[$_] -ne 'Completed' } | ForEach-Object { $waiting.Enqueue($_) }
    $all | Where-Object { $status[$_] -eq 'Completed' } | ForEach-Object { $waiting.Enqueue($_) }
    while ($running -or $waiting.Count) {
        while ($waiting.Count -and $running.Count -lt $Parallel) {
            $shard = $waiting.Peek()
            try {
                $jobs[$shard] = "$((Start-AzAutomationRunbook @automation -Name $Runbook -Parameters ($forChildren + @{ Shard = $shard })).JobId)"
            }
            catch {
                # Beyond the quota. When a child has ended, there is a place.
                if (-not $running) { throw }
                break
            }

            $running += $waiting.Dequeue()
            "$shard began as job $($jobs[$shard])"
            $jobs | ConvertTo-Json | Set-Content -Path $list
            Send-Blob $jobsBlob $list
        }

        if ([datetime]::UtcNow -gt $deadline) {
            throw "Not ended: $(($running + $waiting.ToArray()) -join ', '). Start this runbook again: it goes on with them, and merges."
        }

        Start-Sleep -Seconds 15
        $running = @($running | Where-Object { (Get-JobStatus $_) -notin $ended })
    }

    $failed = @($all | Where-Object { (Get-JobStatus $_) -ne 'Completed' })
    if ($failed) {
        throw "Not completed: $(($failed | ForEach-Object { "$_ (job $($jobs[$_]))" }) -join ', '). Start this runbook again: it goes on with them."
    }

    $names = @(1..$Shards | ForEach-Object { "$RunName.$_-of-$Shards" })
    $merged = Join-Path $folder 'merged.journal'
    $names | ForEach-Object { Receive-Blob "$_.journal" } | Merge-TruebitJournal -Destination $merged
    Send-Blob "$RunName.merged.journal" $merged

    # A shard may have no rows, and then no results.
    $results = Join-Path $folder 'results.csv'
    $counts = @{}
    Get-AzStorageBlob @storage -Prefix "$RunName." |
        Where-Object { $_.Name -cin ($names | ForEach-Object { "$_.results.csv" }) -and -not $_.SnapshotTime } |
        ForEach-Object { Import-Csv -Path (Receive-Blob $_.Name) -Encoding UTF8 } |
        ForEach-Object { $counts[$(if ($_.PSObject.Properties['TruebitStatus']) { $_.TruebitStatus } else { $_.Status })]++; $_ } |
        Export-Csv -Path $results -NoTypeInformation -Encoding UTF8
    if (Test-Path $results) {
        Send-Blob "$RunName.results.csv" $results
    }

    $counts.GetEnumerator() | Sort-Object Name | ForEach-Object { "$RunName $($_.Name): $($_.Value)" }
    if ($counts['NotSent']) {
        Write-Warning "Rows not sent: $($counts['NotSent']). Where -TimeBudget has left them, start this runbook again: it goes on with them."
    }
}
finally {
    Remove-Item -Path $folder -Recurse -Force
}
