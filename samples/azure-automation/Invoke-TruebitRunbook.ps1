<#
.SYNOPSIS
    A runbook of Azure Automation that executes the rows of a CSV file, and can be started again at any time without paying twice.

.DESCRIPTION
    For Windows PowerShell 5.1 and PowerShell 7.x. It reads the rows from a blob or from a parameter, executes them with
    Invoke-TruebitTask, and writes what became of each row into a blob.

    The journal of the run lies in blob storage. What it tells of a request is there before the request leaves, so a sandbox that
    vanishes costs no more than this: the rows that were on their way are reported as OutcomeUnknown by the next run, and are not sent
    again. One job works on a journal at a time: it leases the blob, and storage refuses whatever is written under another lease.

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

    # For a user-assigned identity, its client id. The subscription matters where the identity has roles in several.
    [string]$AccountId,
    [string]$Subscription,

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

    # Submissions a second, of all shards together; 0 for no limit.
    [double]$RateLimit,

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
# this one. Snapshots are listed, too.
function Get-Blob([string]$Name) {
    Get-AzStorageBlob @storage -Prefix $Name | Where-Object { $_.Name -ceq $Name -and -not $_.SnapshotTime }
}

# Another job may create it in the same moment: nothing is written over.
function New-Blob([string]$Name) {
    if (Get-Blob $Name) { return }

    $blob = [Azure.Storage.Blobs.Specialized.SpecializedBlobExtensions]::GetBlockBlobClient((Get-AzStorageContainer -Name $Container -Context $storage.Context).BlobContainerClient, $Name)
    $options = New-Object -TypeName Azure.Storage.Blobs.Models.BlobUploadOptions
    $options.Conditions = New-Object -TypeName Azure.Storage.Blobs.Models.BlobRequestConditions
    $options.Conditions.IfNoneMatch = '*'
    try {
        $blob.Upload([System.IO.Stream]::Null, $options) | Out-Null
    }
    catch {
        if (-not (Get-Blob $Name)) { throw }
    }
}

# The journals of a run are of one split. Those of another would take rows for new that were paid for.
function Assert-SameSplit {
    $run = [regex]::Escape($RunName)
    $same = if ($Shard) { "^$run\.[0-9]+-of-$([regex]::Escape($Shard.Split('/')[-1]))\.begun$" } else { "^$run\.begun$" }
    $others = @(Get-AzStorageBlob @storage -Prefix "$RunName." |
        Where-Object { $_.Name -cmatch "^$run(\.[0-9]+-of-[0-9]+|\.merged)?\.begun$" -and $_.Name -cnotmatch $same } |
        ForEach-Object Name)
    if ($others) {
        throw "The run '$RunName' was begun in another way ($($others -join ', ')), and its rows would be paid for again. Nothing was sent."
    }
}

function Enter-Lease($Blob) {
    $lease = New-Object -TypeName Azure.Storage.Blobs.Specialized.BlobLeaseClient -ArgumentList $Blob, ([guid]::NewGuid().ToString())
    for ($try = 1; $true; $try++) {
        try {
            $lease.Acquire([timespan]::FromSeconds(60)) | Out-Null
            return $lease
        }
        catch {
            # A sandbox that has vanished holds its lease for a minute.
            if ($try -ge 8) {
                throw "Another job works on '$job', or its journal cannot be leased: $_ Nothing was sent."
            }

            Start-Sleep -Seconds 10
        }
    }
}

# Uploads what is new. The file only grows, so a full block stays as it is; the last one is sent again, and committing the list of all
# makes them the blob. Storage refuses each of these calls when the lease has been lost: a job that was frozen changes nothing any more.
# Names of blocks are as long as those of Azure's own uploads, since all of a blob must have one length.
function Send-Journal([string]$Path) {
    $ids = New-Object -TypeName System.Collections.Generic.List[string]
    $ids.AddRange($fullBlocks)
    $reader = New-Object -TypeName System.IO.BinaryReader -ArgumentList ([System.IO.File]::OpenRead($Path))
    try {
        $reader.BaseStream.Position = $ids.Count * $blockSize
        while ($reader.BaseStream.Position -lt $reader.BaseStream.Length) {
            $bytes = $reader.ReadBytes($blockSize)
            $id = [Convert]::ToBase64String([System.Text.Encoding]::ASCII.GetBytes(('{0}.{1:d15}' -f $blockName, $ids.Count)))
            $block = New-Object -TypeName System.IO.MemoryStream -ArgumentList @(, $bytes)
            $blob.StageBlock($id, $block, $stage) | Out-Null
            $ids.Add($id)
            if ($bytes.Length -eq $blockSize) {
                $fullBlocks.Add($id)
            }
        }
    }
    finally {
        $reader.Dispose()
    }

    $blob.CommitBlockList($ids, $commit) | Out-Null
}

if ([bool]$CsvBlob -eq [bool]$Csv) {
    throw 'Give the rows with -CsvBlob or with -Csv.'
}

Disable-AzContextAutosave -Scope Process | Out-Null
$login = @{ Identity = $true }
if ($AccountId) { $login.AccountId = $AccountId }
if ($Subscription) { $login.Subscription = $Subscription }
Connect-AzAccount @login | Out-Null
$storage = @{ Container = $Container; Context = New-AzStorageContext -StorageAccountName $StorageAccount -UseConnectedAccount }

# Several jobs may share a sandbox, and its disk.
$folder = Join-Path ([System.IO.Path]::GetTempPath()) "truebit-$([guid]::NewGuid())"
New-Item -ItemType Directory -Path $folder | Out-Null
$job = if ($Shard) { "$RunName.$($Shard.Replace('/', '-of-'))" } else { $RunName }
$journal = Join-Path $folder 'run.journal'
$results = Join-Path $folder 'results.csv'
$rows = Join-Path $folder 'rows.csv'
$lease = $null
$blockSize = 256KB
$blockName = [guid]::NewGuid().ToString('N')
$fullBlocks = New-Object -TypeName System.Collections.Generic.List[string]
try {
    Assert-SameSplit
    New-Blob "$job.begun"
    New-Blob "$job.journal"
    $blob = (Get-Blob "$job.journal").BlobBaseClient
    $lease = Enter-Lease $blob
    $held = New-Object -TypeName Azure.Storage.Blobs.Models.BlobRequestConditions
    $held.LeaseId = $lease.LeaseId
    $stage = New-Object -TypeName Azure.Storage.Blobs.Models.BlockBlobStageBlockOptions
    $stage.Conditions = $held
    $commit = New-Object -TypeName Azure.Storage.Blobs.Models.CommitBlockListOptions
    $commit.Conditions = $held

    # From here on nobody else writes the journal. A new one is empty.
    if ((Get-Blob "$job.journal").Length -gt 0) {
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
            $lease.Renew() | Out-Null
            Send-Journal $_
        }
        TimeBudget    = $TimeBudget
        ThrottleLimit = $ThrottleLimit
        OnUnknown     = $OnUnknown
        AsRow         = $true
    }
    if ($KeyColumn) { $run.Key = $KeyColumn }
    if ($Shard) { $run.Shard = $Shard }
    if ($RateLimit) { $run.RateLimit = $RateLimit }

    # Not into the job's streams, which hold 1 MiB each. A row that has a column Status itself gets TruebitStatus beside it.
    $counts = @{}
    Import-Csv -Path $rows -Encoding UTF8 |
        Invoke-TruebitTask @run |
        ForEach-Object {
            $counts[$(if ($_.PSObject.Properties['TruebitStatus']) { $_.TruebitStatus } else { $_.Status })]++
            $_
        } |
        Export-Csv -Path $results -NoTypeInformation -Encoding UTF8
    if (Test-Path $results) {
        $lease.Renew() | Out-Null
        Set-AzStorageBlobContent @storage -Blob "$job.results.csv" -File $results -Force | Out-Null
    }

    if ($counts['OutcomeUnknown']) {
        Write-Warning "$($counts['OutcomeUnknown']) rows of '$job' may have been executed. Settle them with Resolve-TruebitJournal."
    }

    $counts.GetEnumerator() | Sort-Object Name | ForEach-Object { "$job $($_.Name): $($_.Value)" }
}
finally {
    if ($lease) {
        # Where it is lost already, that is no news: what ended the job says so.
        try { $lease.Release() | Out-Null } catch { Write-Warning "The lease of '$job.journal' was lost: $_" }
    }

    Remove-Item -Path $folder -Recurse -Force
}
