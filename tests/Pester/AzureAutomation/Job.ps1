# A job of the stand-ins: runs a runbook of samples/azure-automation with the parameters of its job.json.
param([string]$Folder)

$job = Get-Content (Join-Path $Folder 'job.json') -Raw | ConvertFrom-Json
$env:STANDIN_JOB = $job.Name
$root = Split-Path (Split-Path (Split-Path $PSScriptRoot))
Import-Module (Join-Path $PSScriptRoot 'StandIns.psm1'), $env:STANDIN_MODULE -DisableNameChecking
$parameters = @{}
$job.Parameters.PSObject.Properties | ForEach-Object { $parameters[$_.Name] = $_.Value }
$status = 'Failed'
try {
    & (Join-Path $root "samples/azure-automation/$($job.Runbook).ps1") @parameters
    $status = 'Completed'
}
catch {
    "$_"
}
finally {
    Set-Content (Join-Path $Folder 'status') $status
}
