<#
.SYNOPSIS
    Executes the rows of a CSV file with nobody watching, and says by its exit code what became of them.

.DESCRIPTION
    For cron, systemd timers, the Task Scheduler and CI. Beside the CSV file, or in -Folder, it keeps

    NAME.journal        what was sent and paid for; do not delete it while rows are left
    NAME.results.csv    a line for each row of the last run that came to its end
    NAME.log            what happened, with times in UTC

    and ends with one of these exit codes:

    0   all rows ended with Success
    1   some rows did not; NAME.results.csv says which, and why
    2   it stopped before all rows had ended; start it again, and it goes on without paying twice
    3   it could not begin, and nothing was sent

    What goes wrong is also written to standard error, which cron mails. Help: about_Truebit_Unattended.

.EXAMPLE
    pwsh -NoProfile -NonInteractive -File Invoke-TruebitRun.ps1 -Csv /data/orders.csv -Key OrderId
#>
[CmdletBinding()]
param(
    # The rows.
    [string]$Csv,

    # Where journal, results and log are kept.
    [string]$Folder,

    # The column that tells rows apart. Without it, rows are known by their requests.
    [string]$Key,

    # The task, where the rows have no such columns.
    [string]$Namespace,
    [string]$TaskName,
    [string]$Manifest,

    # Where the API key is. Without -SecretName: the environment variable TRUEBIT_API_KEY, or the secret TruebitApiKey.
    [string]$SecretName,
    [string]$Vault,

    [string]$Endpoint = 'https://run.truebit.network',

    # When to stop sending.
    [string]$TimeBudget = '06:00:00',

    [int]$ThrottleLimit = 16,

    # The module's name, or the path of its manifest where it is not in a folder of PSModulePath.
    [string]$Module = 'Truebit'
)

# Any error ends the script, and so do those that end the command. Rows that fail do not: with -AsRow they are lines of the results.
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

$log = $null
function Write-Log([string]$Level, [string]$Text) {
    $line = '{0:yyyy-MM-dd HH:mm:ss}Z {1,-7} {2}' -f [datetime]::UtcNow, $Level, $Text
    if ($log) { Add-Content -LiteralPath $log -Value $line -Encoding UTF8 }
    if ($Level -ne 'info') { [Console]::Error.WriteLine($line) }
}

$allGood, $someFailed, $stopped, $notBegun = 0..3
$code = $notBegun
$begun = [datetime]::UtcNow
try {
    if (-not $Csv) { throw 'Say with -Csv where the rows are.' }
    $rows = Get-Item -LiteralPath $Csv
    if (-not $Folder) { $Folder = $rows.DirectoryName }
    $name = Join-Path (New-Item -ItemType Directory -Path $Folder -Force).FullName $rows.BaseName
    $log = "$name.log"
    Write-Log info "Begins: $($rows.FullName), PowerShell $($PSVersionTable.PSVersion), user $([Environment]::UserName)."

    Import-Module $Module
    $hub = @{ Endpoint = $Endpoint }
    if ($SecretName) { $hub.SecretName = $SecretName }
    if ($Vault) { $hub.Vault = $Vault }
    $test = Test-TruebitConnection @hub -ErrorAction SilentlyContinue
    if (-not $test.IsReady) { throw $test.Problem }
    Write-Log info "Hub $($test.Endpoint), key from $($test.KeySource)."

    $run = $hub + @{
        Journal       = "$name.journal"
        TimeBudget    = $TimeBudget
        ThrottleLimit = $ThrottleLimit
        AsRow         = $true
    }
    if ($Key) { $run.Key = $Key }
    if ($Namespace) { $run.Namespace = $Namespace }
    if ($TaskName) { $run.TaskName = $TaskName }
    if ($Manifest) { $run.Manifest = $Manifest }

    # Written beside the results and moved at the end: a run that stops early leaves those of the run before as they are.
    $ends = @{}
    $results = @{ LiteralPath = "$name.results.new"; NoTypeInformation = $true; Encoding = 'UTF8' }
    Import-Csv -LiteralPath $rows.FullName -Encoding UTF8 | Invoke-TruebitTask @run 3>&1 | ForEach-Object {
        if ($_ -is [System.Management.Automation.WarningRecord]) { Write-Log warning $_ }
        else {
            $ends[$_.Status]++
            $_
        }
    } | Sort-Object -Property Row | Export-Csv @results
    if ($ends.Count) { Move-Item -LiteralPath $results.LiteralPath -Destination "$name.results.csv" -Force }

    # Of these rows the next start gets more: they were not executed, or still run at the hub.
    $left = $ends.Keys | Where-Object { $_ -in 'NotSent', 'PaymentRequired', 'HubUnreachable', 'RateLimited', 'WaitTimeout' }
    $code = if ($left) { $stopped } elseif ($ends.Keys -ne 'Success') { $someFailed } else { $allGood }
    $counts = ($ends.GetEnumerator() | Sort-Object Name | ForEach-Object { "$($_.Value) $($_.Name)" }) -join ', '
    Write-Log $(if ($code -eq $allGood) { 'info' } else { 'warning' }) "Rows: $(if ($counts) { $counts } else { 'none' })."
}
catch {
    Write-Log error $_

    # The journal knows whether the error came before or after the first row was sent.
    if ($log -and (Test-Path -LiteralPath "$name.journal")) {
        $sent = Get-TruebitJournal "$name.journal" -ErrorAction Ignore | Where-Object { $_.At -ge $begun -and $_.State -ne 'Refused' }
        if ($sent) { $code = $stopped }
    }
}

Write-Log info "Ends with exit code $code."
exit $code
