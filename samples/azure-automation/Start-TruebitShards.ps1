<#
.SYNOPSIS
    A runbook of Azure Automation that splits one CSV file over several child jobs, waits for them, and merges their journals.

.DESCRIPTION
    Each child is a job of Invoke-TruebitRunbook with -Shard i/N: a stable part of the rows. Started again with the same parameters, at
    any time, it waits for the children that still run, starts the others again, and pays for nothing twice.

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
    [ValidateRange(1, 200)]
    [int]$Shards,

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

    [string]$KeyVariable,
    [string]$KeyCredential,
    [string]$KeyVault,
    [string]$KeySecret,
    [string]$KeyColumn,
    [string]$TimeBudget,
    [int]$ThrottleLimit,
    [string]$OnUnknown,
    [string]$Endpoint
)

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

$deadline = [datetime]::UtcNow + [timespan]$Wait
$ended = 'Completed', 'Failed', 'Stopped', 'Suspended'
$forChildren = @{}
foreach ($name in $PSBoundParameters.Keys) {
    if ($name -notin 'Shards', 'ResourceGroup', 'AutomationAccount', 'Runbook', 'Wait') {
        $forChildren[$name] = $PSBoundParameters[$name]
    }
}

Disable-AzContextAutosave -Scope Process | Out-Null
Connect-AzAccount -Identity | Out-Null
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

function Get-JobStatus([string]$Id) {
    "$((Get-AzAutomationJob @automation -Id $Id).Status)"
}

try {
    # The jobs that an earlier start has left, by their shards. Losing this list costs nothing: a second job for a shard that is being
    # worked on finds its lease taken, and ends.
    $jobs = [ordered]@{}
    $jobsBlob = "$RunName.jobs.json"
    $list = Join-Path $folder 'jobs.json'
    if (Get-AzStorageBlob @storage -Prefix $jobsBlob | Where-Object Name -CEQ $jobsBlob) {
        (Get-Content -Path (Receive-Blob $jobsBlob) -Raw | ConvertFrom-Json).PSObject.Properties | ForEach-Object { $jobs[$_.Name] = $_.Value }
    }

    $all = @(1..$Shards | ForEach-Object { "$_/$Shards" })
    foreach ($shard in $all) {
        if ($jobs[$shard] -and (Get-JobStatus $jobs[$shard]) -notin $ended) {
            "$shard goes on as job $($jobs[$shard])"
            continue
        }

        $jobs[$shard] = "$((Start-AzAutomationRunbook @automation -Name $Runbook -Parameters ($forChildren + @{ Shard = $shard })).JobId)"
        "$shard began as job $($jobs[$shard])"
        $jobs | ConvertTo-Json | Set-Content -Path $list
        Send-Blob $jobsBlob $list
    }

    $running = $all
    while ($running) {
        if ([datetime]::UtcNow -gt $deadline) {
            throw "Still running: $($running -join ', '). Start this runbook again: it waits for them, and merges."
        }

        Start-Sleep -Seconds 15
        $running = @($running | Where-Object { (Get-JobStatus $jobs[$_]) -notin $ended })
    }

    $failed = @($all | Where-Object { (Get-JobStatus $jobs[$_]) -ne 'Completed' })
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
        Where-Object { $_.Name -cin ($names | ForEach-Object { "$_.results.csv" }) } |
        ForEach-Object { Import-Csv -Path (Receive-Blob $_.Name) -Encoding UTF8 } |
        ForEach-Object { $counts[$_.TruebitStatus]++; $_ } |
        Export-Csv -Path $results -NoTypeInformation -Encoding UTF8
    if (Test-Path $results) {
        Send-Blob "$RunName.results.csv" $results
    }

    $counts.GetEnumerator() | Sort-Object Name | ForEach-Object { "$RunName $($_.Name): $($_.Value)" }
    $left = (Import-Csv -Path (Receive-Blob $CsvBlob) -Encoding UTF8 | Measure-Object).Count - ($counts.Values | Measure-Object -Sum).Sum
    if ($left -gt 0) {
        Write-Warning "Rows without a result: $left. Where -TimeBudget has left them, start this runbook again: it goes on with them."
    }
}
finally {
    Remove-Item -Path $folder -Recurse -Force
}
