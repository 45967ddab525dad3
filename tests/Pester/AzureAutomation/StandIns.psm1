# What the runbooks need of Azure, over a local folder: $env:STANDIN_ROOT. Jobs are processes of their own, leases are as in blob
# storage, and a minute there is $env:STANDIN_MINUTE seconds.

$root = $env:STANDIN_ROOT
. (Join-Path (Split-Path $PSScriptRoot) 'Shell.ps1')

function Start-Sleep([int]$Seconds) {
    Microsoft.PowerShell.Utility\Start-Sleep -Milliseconds ([int]($Seconds * 1000 * $env:STANDIN_MINUTE / 60))
}

function Disable-AzContextAutosave($Scope) { }
function Connect-AzAccount([switch]$Identity) { }
function New-AzStorageContext($StorageAccountName, [switch]$UseConnectedAccount) { $StorageAccountName }

function Get-AutomationVariable($Name) { $env:STANDIN_KEY }
function Get-AutomationPSCredential($Name) { [pscredential]::new('truebit', (ConvertTo-SecureString $env:STANDIN_KEY -AsPlainText -Force)) }
function Get-AzKeyVaultSecret($VaultName, $Name) { @{ SecretValue = ConvertTo-SecureString $env:STANDIN_KEY -AsPlainText -Force } }

function Get-BlobPath($Context, $Container, $Blob) {
    $folder = Join-Path $root "$Context/$Container"
    New-Item -ItemType Directory -Path $folder -Force | Out-Null
    Join-Path $folder $Blob
}

function Get-AzStorageBlob($Context, $Container, $Prefix) {
    Get-ChildItem (Get-BlobPath $Context $Container "$Prefix*") |
        Where-Object Extension -NotIn '.lease', '.half' |
        ForEach-Object { [pscustomobject]@{ Name = $_.Name; BlobBaseClient = $_.FullName } }
}

function Get-AzStorageBlobContent($Context, $Container, $Blob, $Destination, [switch]$Force) {
    Copy-Item (Get-BlobPath $Context $Container $Blob) $Destination -Force:$Force -ErrorAction Stop
}

function Set-AzStorageBlobContent($Context, $Container, $Blob, $File, [switch]$Force) {
    $path = Get-BlobPath $Context $Container $Blob
    $half = "$path.$PID.half"
    Copy-Item $File $half -ErrorAction Stop
    [System.IO.File]::Move($half, $path, $Force)
    [pscustomobject]@{ Name = $Blob }
}

function Start-AzAutomationRunbook($ResourceGroupName, $AutomationAccountName, $Name, $Parameters) {
    $id = [guid]::NewGuid()
    $folder = (New-Item -ItemType Directory -Path (Join-Path $root "jobs/$id")).FullName
    # Parameters come to a job as JSON.
    @{ Runbook = $Name; Parameters = $Parameters } | ConvertTo-Json | Set-Content (Join-Path $folder 'job.json')
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
    $folder = Join-Path $root "jobs/$Id"
    $lives = Get-Process -Id (Get-Content (Join-Path $folder 'pid')) -ErrorAction SilentlyContinue
    $status = if (Test-Path (Join-Path $folder 'status')) { Get-Content (Join-Path $folder 'status') } elseif ($lives) { 'Running' } else { 'Failed' }
    [pscustomobject]@{ JobId = $Id; Status = $status }
}
