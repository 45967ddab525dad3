# What the runbooks need of Azure. Storage is the real library against Azurite, with the output of Az.Storage's cmdlets. Jobs are processes
# of their own, as many at a time as $env:STANDIN_QUOTA allows, and a minute there is $env:STANDIN_MINUTE seconds.

. (Join-Path (Split-Path $PSScriptRoot) 'Shell.ps1')
[void][System.Reflection.Assembly]::LoadFrom((Join-Path $env:STANDIN_STORAGE 'Azure.Storage.Blobs.dll'))
[void][System.Reflection.Assembly]::LoadFrom((Join-Path $env:STANDIN_STORAGE 'AzureStorage.dll'))

function Start-Sleep([int]$Seconds) {
    [System.Threading.Thread]::Sleep([int]($Seconds * 1000 * $env:STANDIN_MINUTE / 60))
}

function Disable-AzContextAutosave($Scope) { }

# The account has no identity of its own, as with user-assigned ones.
function Connect-AzAccount([switch]$Identity, $AccountId, $Subscription) {
    if ($AccountId -ne 'ops-identity' -or $Subscription -ne 'ops') { throw 'ManagedIdentityCredential authentication failed.' }
}

function Get-AutomationVariable($Name) { $env:STANDIN_KEY }
function Get-AutomationPSCredential($Name) { [pscredential]::new('truebit', (ConvertTo-SecureString $env:STANDIN_KEY -AsPlainText -Force)) }
function Get-AzKeyVaultSecret($VaultName, $Name) { @{ SecretValue = ConvertTo-SecureString $env:STANDIN_KEY -AsPlainText -Force } }

function New-AzStorageContext($StorageAccountName, [switch]$UseConnectedAccount) {
    [Truebit.AzureStorage.FaultPolicy]::CreateClient($env:STANDIN_CONNECTION, $env:STANDIN_ROOT, "$env:STANDIN_JOB")
}

function Get-AzStorageContainer($Name, $Context) {
    [pscustomobject]@{ Name = $Name; BlobContainerClient = $Context.GetBlobContainerClient($Name) }
}

# Lists by the prefix, snapshots as well.
function Get-AzStorageBlob($Context, $Container, $Prefix) {
    $client = $Context.GetBlobContainerClient($Container)
    foreach ($item in $client.GetBlobs([Azure.Storage.Blobs.Models.BlobTraits]::None, [Azure.Storage.Blobs.Models.BlobStates]::Snapshots, $Prefix, [System.Threading.CancellationToken]::None)) {
        $blob = [Azure.Storage.Blobs.Specialized.SpecializedBlobExtensions]::GetBlockBlobClient($client, $item.Name)
        [pscustomobject]@{
            Name           = $item.Name
            Length         = $item.Properties.ContentLength
            SnapshotTime   = $item.Snapshot
            BlobBaseClient = if ($item.Snapshot) { $blob.WithSnapshot($item.Snapshot) } else { $blob }
        }
    }
}

function Get-AzStorageBlobContent($Context, $Container, $Blob, $Destination, [switch]$Force) {
    [void]$Context.GetBlobContainerClient($Container).GetBlobClient($Blob).DownloadTo($Destination)
}

# Without a condition, as Az.Storage's data movement uploads.
function Set-AzStorageBlobContent($Context, $Container, $Blob, $File, [switch]$Force) {
    [void]$Context.GetBlobContainerClient($Container).GetBlobClient($Blob).Upload($File, [bool]$Force)
    [pscustomobject]@{ Name = $Blob }
}

function Start-AzAutomationRunbook($ResourceGroupName, $AutomationAccountName, $Name, $Parameters, $StandInName) {
    $jobs = Join-Path $env:STANDIN_ROOT 'jobs'
    $id = [guid]::NewGuid()
    if ($env:STANDIN_QUOTA) {
        $running = @(Get-ChildItem $jobs -Directory -ErrorAction Ignore | Where-Object { (Get-AzAutomationJob -Id $_.Name).Status -eq 'Running' })
        if ($running.Count -ge [int]$env:STANDIN_QUOTA) {
            throw 'The quota for the maximum number of concurrently running jobs has been reached for this account.'
        }
    }

    $folder = (New-Item -ItemType Directory -Path (Join-Path $jobs $id)).FullName
    # Parameters come to a job as JSON.
    @{ Runbook = $Name; Parameters = $Parameters; Name = "$StandInName" } | ConvertTo-Json | Set-Content (Join-Path $folder 'job.json')
    $start = @{
        FilePath               = $shell
        ArgumentList           = $shellArguments + (Join-Path $PSScriptRoot 'Job.ps1'), $folder
        RedirectStandardOutput = Join-Path $folder 'output'
        RedirectStandardError  = Join-Path $folder 'errors'
        PassThru               = $true
    }
    (Start-Process @start).Id | Set-Content (Join-Path $folder 'pid')
    [pscustomobject]@{ JobId = $id }
}

function Get-AzAutomationJob($ResourceGroupName, $AutomationAccountName, $Id) {
    $folder = Join-Path $env:STANDIN_ROOT "jobs/$Id"
    if (-not (Test-Path $folder)) { throw "The Job having Id: $Id was not found." }

    $number = Get-Content (Join-Path $folder 'pid') -ErrorAction Ignore
    $lives = -not $number -or (Get-Process -Id $number -ErrorAction Ignore)
    $status = if (Test-Path (Join-Path $folder 'status')) { Get-Content (Join-Path $folder 'status') } elseif ($lives) { 'Running' } else { 'Failed' }
    [pscustomobject]@{ JobId = $Id; Status = $status }
}
