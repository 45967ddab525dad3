<#
.SYNOPSIS
    A runbook of Azure Automation that executes the rows of a CSV file, and can be started again at any time without paying twice.

.DESCRIPTION
    For Windows PowerShell 5.1 and PowerShell 7.x. It reads the rows from a blob or from a parameter, executes them with
    Invoke-TruebitTask, and writes what became of each row into a blob.

    The journal of the run lies in blob storage. A copy of it is there before the requests that it tells of leave, so a sandbox that
    vanishes costs no more than this: the rows that were on their way are reported as OutcomeUnknown by the next run, and are not sent
    again. One job works on a journal at a time; a lease of a blob sees to that.

    README.md beside this file says how to set it up.

.EXAMPLE
    Start-AzAutomationRunbook -ResourceGroupName ops -AutomationAccountName nightly -Name Invoke-TruebitRunbook -Parameters @{
        RunName = 'orders-2026-11'; StorageAccount = 'opsdata'; Container = 'truebit'
        CsvBlob = 'orders.csv'; KeyColumn = 'OrderId'; KeyVariable = 'TruebitApiKey'
    }
#>
[CmdletBinding()]
[Diagnostics.CodeAnalysis.SuppressMessage('PSAvoidUsingPlainTextForPassword', 'KeyCredential', Justification = 'It is the name of a credential.')]
[Diagnostics.CodeAnalysis.SuppressMessage('PSReviewUnusedParameter', '', Justification = 'A function below uses them.')]
param(
    # Names the run. Started again with the same name, it goes on; the same rows under another name are paid for again.
    [Parameter(Mandatory = $true)]
    [ValidatePattern('^[A-Za-z0-9][A-Za-z0-9._-]*$')]
    [string]$RunName,

    # Where journal and results are kept. The account's managed identity needs the role Storage Blob Data Contributor.
    [Parameter(Mandatory = $true)]
    [string]$StorageAccount,

    [Parameter(Mandatory = $true)]
    [string]$Container,

    # The rows: a blob of the same container, or the text itself.
    [string]$CsvBlob,
    [string]$Csv,

    # The key: one of an encrypted variable, a credential (its password), or a secret of a Key Vault.
    [string]$KeyVariable,
    [string]$KeyCredential,
    [string]$KeyVault,
    [string]$KeySecret = 'TruebitApiKey',

    # The column that tells rows apart. Without it, rows are known by their requests.
    [string]$KeyColumn,

    # The part of the rows that this job deals with, i/N. Start-TruebitShards.ps1 gives it.
    [string]$Shard,

    # When to stop sending. Azure ends a job after three hours; what is out by then may still take 15 minutes.
    [string]$TimeBudget = '02:30:00',

    [int]$ThrottleLimit = 16,

    [ValidateSet('Report', 'Resubmit', 'Skip')]
    [string]$OnUnknown = 'Report',

    [string]$Endpoint = 'https://run.truebit.network'
)

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

function Get-Key {
    if ($KeyVariable) { Get-AutomationVariable -Name $KeyVariable }
    elseif ($KeyCredential) { Get-AutomationPSCredential -Name $KeyCredential }
    elseif ($KeyVault) { (Get-AzKeyVaultSecret -VaultName $KeyVault -Name $KeySecret).SecretValue }
    else { throw 'Say where the key is: -KeyVariable, -KeyCredential or -KeyVault.' }
}

# A list, because it tells a blob that is not there from storage that does not answer: the first means a new run, the second must end
# this one.
function Get-Blob([string]$Name) {
    Get-AzStorageBlob @storage -Prefix $Name | Where-Object Name -CEQ $Name
}

# The journals of a run are of one split. Those of another would take rows for new that were paid for.
function Assert-SameSplit {
    $run = [regex]::Escape($RunName)
    $same = if ($Shard) { "^$run\.[0-9]+-of-$([regex]::Escape($Shard.Split('/')[-1]))\.lock$" } else { "^$run\.lock$" }
    $others = @(Get-AzStorageBlob @storage -Prefix "$RunName." |
        Where-Object { $_.Name -cmatch "^$run(\.[0-9]+-of-[0-9]+|\.merged)?\.lock$" -and $_.Name -cnotmatch $same } |
        ForEach-Object Name)
    if ($others) {
        throw "The run '$RunName' was begun in another way ($($others -join ', ')), and its rows would be paid for again. Nothing was sent."
    }
}

function Enter-Lock([string]$Name) {
    if (-not (Get-Blob $Name)) {
        $empty = Join-Path $folder 'empty'
        New-Item -ItemType File -Path $empty | Out-Null
        Set-AzStorageBlobContent @storage -Blob $Name -File $empty -Force | Out-Null
    }

    $lease = New-Object -TypeName Azure.Storage.Blobs.Specialized.BlobLeaseClient -ArgumentList (Get-Blob $Name).BlobBaseClient, ([guid]::NewGuid().ToString())
    for ($try = 1; $true; $try++) {
        try {
            $lease.Acquire([timespan]::FromSeconds(60)) | Out-Null
            return $lease
        }
        catch {
            # A sandbox that has vanished holds its lease for a minute.
            if ($try -ge 8) {
                throw "Another job works on '$job', or the lease of '$Name' cannot be had: $_ Nothing was sent."
            }

            Start-Sleep -Seconds 10
        }
    }
}

# The row's own columns, and what became of it.
function ConvertTo-Line($End) {
    $isError = $End -is [System.Management.Automation.ErrorRecord]
    $row = if ($isError) { $End.TargetObject } else { $End.InputObject }
    $line = [ordered]@{}
    foreach ($property in $row.PSObject.Properties) {
        $line[$property.Name] = $property.Value
    }

    $line['TruebitStatus'] = if ($isError) { $End.FullyQualifiedErrorId.Split(',')[0] } else { "$($End.Status)" }
    $line['TruebitExecutionId'] = if ($isError) { $null } else { $End.ExecutionId }
    $line['TruebitOutput'] = if ($isError) { $null } else { $End.OutputJson }
    $line['TruebitError'] = if ($isError) { "$End" } else { $null }
    [pscustomobject]$line
}

if ([bool]$CsvBlob -eq [bool]$Csv) {
    throw 'Give the rows with -CsvBlob or with -Csv.'
}

Disable-AzContextAutosave -Scope Process | Out-Null
Connect-AzAccount -Identity | Out-Null
$storage = @{ Container = $Container; Context = New-AzStorageContext -StorageAccountName $StorageAccount -UseConnectedAccount }

# Several jobs may share a sandbox, and its disk.
$folder = Join-Path ([System.IO.Path]::GetTempPath()) "truebit-$([guid]::NewGuid())"
New-Item -ItemType Directory -Path $folder | Out-Null
$job = if ($Shard) { "$RunName.$($Shard.Replace('/', '-of-'))" } else { $RunName }
$journal = Join-Path $folder 'run.journal'
$results = Join-Path $folder 'results.csv'
$rows = Join-Path $folder 'rows.csv'
$lease = $null
try {
    Assert-SameSplit
    $lease = Enter-Lock "$job.lock"

    # From here on nobody else writes the journal.
    if (Get-Blob "$job.journal") {
        Get-AzStorageBlobContent @storage -Blob "$job.journal" -Destination $journal -Force | Out-Null
    }

    if ($CsvBlob) {
        Get-AzStorageBlobContent @storage -Blob $CsvBlob -Destination $rows -Force | Out-Null
    }
    else {
        [System.IO.File]::WriteAllText($rows, $Csv)
    }

    $run = @{
        Endpoint      = $Endpoint
        ApiKey        = Get-Key
        Journal       = $journal
        Checkpoint    = {
            # Before and after: a copy that was made while another job had the lease does not count.
            $lease.Renew() | Out-Null
            Set-AzStorageBlobContent @storage -Blob "$job.journal" -File $_ -Force | Out-Null
            $lease.Renew() | Out-Null
        }
        TimeBudget    = $TimeBudget
        ThrottleLimit = $ThrottleLimit
        OnUnknown     = $OnUnknown
        ErrorAction   = 'Continue'
    }
    if ($KeyColumn) { $run.Key = $KeyColumn }
    if ($Shard) { $run.Shard = $Shard }

    # Not into the job's streams, which hold 1 MiB each.
    $counts = @{}
    Import-Csv -Path $rows -Encoding UTF8 |
        Invoke-TruebitTask @run 2>&1 |
        ForEach-Object {
            $line = ConvertTo-Line $_
            $counts[$line.TruebitStatus]++
            $line
        } |
        Export-Csv -Path $results -NoTypeInformation -Encoding UTF8
    if (Test-Path $results) {
        Set-AzStorageBlobContent @storage -Blob "$job.results.csv" -File $results -Force | Out-Null
    }

    if ($counts['OutcomeUnknown']) {
        Write-Warning "$($counts['OutcomeUnknown']) rows of '$job' may have been executed. Settle them with Resolve-TruebitJournal."
    }

    $counts.GetEnumerator() | Sort-Object Name | ForEach-Object { "$job $($_.Name): $($_.Value)" }
}
finally {
    if ($lease) {
        $lease.Release() | Out-Null
    }

    Remove-Item -Path $folder -Recurse -Force
}
