# One measured client: the module, or with -RestMethod what people do without it.
[Diagnostics.CodeAnalysis.SuppressMessage('PSReviewUnusedParameter', '', Justification = 'The functions below use the parameters.')]
param(
    [uri]$Hub,
    [uri]$Control,
    [int]$Rows,
    [int]$WarmUp,
    [int]$ThrottleLimit,
    [switch]$Sync,
    [string]$Journal,
    [string]$Manifest,
    [string]$Module,
    [switch]$RestMethod,
    [switch]$ReadJournal,
    [switch]$AsRow,
    [string]$PlainCmdlet,
    [switch]$ReadOnly
)

$ErrorActionPreference = 'Stop'

# Rows as Import-Csv makes them, made while they are taken.
function Get-Row([int]$Count, [string]$TaskName) {
    for ($i = 1; $i -le $Count; $i++) {
        [pscustomobject]@{
            Namespace = 'bench'; TaskName = $TaskName; Method = 'POST'; Path = '/store/order'
            'body.id:integer' = "$i"; 'body.petId:integer' = '198772'; 'body.quantity:integer' = '7'
            'body.shipDate' = '2077-08-24T14:15:22Z'; 'body.status' = 'approved'; 'body.complete:boolean' = 'true'
        }
    }
}

function Invoke-Module([int]$Count, [string]$TaskName, [hashtable]$More = @{}) {
    Get-Row $Count $TaskName | Invoke-TruebitTask -Endpoint $Hub -ApiKey bench -ThrottleLimit $ThrottleLimit -Sync:$Sync @More
}

function Invoke-Parallel([int]$Count, [string]$TaskName) {
    1..$Count | ForEach-Object -ThrottleLimit $ThrottleLimit -Parallel {
        $body = @{
            namespace = 'bench'; taskName = $using:TaskName; async = -not $using:Sync; executionTimeout = 60000
            input = @{
                path = '/store/order'; method = 'POST'
                body = @{ id = $_; petId = 198772; quantity = 7; shipDate = '2077-08-24T14:15:22Z'; status = 'approved'; complete = $true }
            }
        } | ConvertTo-Json -Depth 5 -Compress
        $key = @{ 'x-api-key' = 'bench' }
        $answer = Invoke-RestMethod "${using:Hub}task/api/execute-by-name" -Method Post -Headers $key -ContentType application/json -Body $body
        while (-not $answer.clearTextSolution) {
            Start-Sleep -Milliseconds 500
            $answer = Invoke-RestMethod "${using:Hub}task/api/execution-status/$($answer.executionId)" -Headers $key
        }

        $answer
    }
}

function Invoke-Plain([int]$Count, [string]$TaskName) {
    Get-Row $Count $TaskName | Send-PlainRow -Hub $Hub -ThrottleLimit $ThrottleLimit
}

function Read-Plain([int]$Count, [string]$TaskName) {
    Get-Row $Count $TaskName | Read-PlainRow
}

function Read-Journal {
    Get-TruebitJournal $Journal
}

$client = if ($RestMethod) { 'Invoke-Parallel' } elseif ($ReadOnly) { 'Read-Plain' } elseif ($PlainCmdlet) { 'Invoke-Plain' } elseif ($ReadJournal) { 'Read-Journal' } else { 'Invoke-Module' }
$more = if ($client -eq 'Invoke-Module') { @{ More = @{} } } else { @{} }
$writesJournal = $Journal -and -not $ReadJournal
if ($Manifest) {
    $more.More.Manifest = $Manifest
}

if ($AsRow) {
    $more.More.AsRow = $true
}

Import-Module ($PlainCmdlet ? $PlainCmdlet : $Module)

# Blocks of rows until one is not quicker than those before it; Job.cs has the same numbers. Each has a journal of its own.
$best = [double]::MaxValue
for ($block = 0; $WarmUp -and $block -lt 10; $block++) {
    if ($writesJournal) {
        $more.More.Journal = "$Journal.$block"
    }

    $clock = [System.Diagnostics.Stopwatch]::StartNew()
    & $client $WarmUp warmup @more | ForEach-Object { }
    if ($writesJournal) {
        Remove-Item "$Journal.$block"
    }

    if ($clock.Elapsed.TotalSeconds -gt $best / 1.03) {
        break
    }

    $best = $clock.Elapsed.TotalSeconds
}

if ($writesJournal) {
    $more.More.Journal = $Journal
}

$null = [System.Net.Http.HttpClient]::new().PostAsync([uri]::new($Control, 'reset'), $null).GetAwaiter().GetResult()
$count = 0
$result = @{}
$cpu = [Environment]::CpuUsage.TotalTime
$allocated = [GC]::GetTotalAllocatedBytes()
$clock = [System.Diagnostics.Stopwatch]::StartNew()
& $client $Rows orders @more | ForEach-Object {
    if ($count++ -eq 0) {
        $result.FirstSeconds = $clock.Elapsed.TotalSeconds
    }
}
$clock.Stop()
$result += @{
    Rows           = $count
    Seconds        = $clock.Elapsed.TotalSeconds
    CpuSeconds     = ([Environment]::CpuUsage.TotalTime - $cpu).TotalSeconds
    AllocatedBytes = [GC]::GetTotalAllocatedBytes() - $allocated
    PeakBytes      = [System.Diagnostics.Process]::GetCurrentProcess().PeakWorkingSet64
    JournalBytes   = if ($Journal) { [System.IO.FileInfo]::new($Journal).Length } else { 0 }
}
[System.Text.Json.JsonSerializer]::Serialize($result, [System.Collections.IDictionary])
